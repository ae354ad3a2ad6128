package net.testudo.element.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArpFlyweightTest {
    private static final long MAC = 0x0200_0000_000aL;
    private static final int ADDRESS = 0xc000_020a;
    private static final String REQUEST =
            "ffffffffffff 02000000000a 0806 0001 0800 06 04 0001 02000000000a c000020a 000000000000 c6336414";

    private final FrameFlyweight frame = new FrameFlyweight();

    @Test
    void deconstruct() {
        wrap(REQUEST);
        ArpFlyweight arp = frame.arp();
        assertEquals(FrameFlyweight.Kind.ARP, frame.kind());
        assertTrue(arp.isRequest());
        assertEquals(MAC, arp.senderMac());
        assertEquals(ADDRESS, arp.senderAddress());
        assertEquals(0, arp.targetMac());
        assertEquals(0xc633_6414, arp.targetAddress());
        assertFalse(arp.isProbe());
        assertFalse(arp.isAnnouncement());
    }

    @Test
    void requestAndProbe() {
        MemorySegment out = Hex.filled(ArpFrames.LENGTH);
        assertEquals(ArpFrames.LENGTH, ArpFrames.request(out, Hex.OFFSET, MAC, ADDRESS, 0xc633_6414));
        Hex.assertOctets(REQUEST, out);
        ArpFrames.probe(out, Hex.OFFSET, MAC, 0xc633_6414);
        Hex.assertOctets(
                "ffffffffffff 02000000000a 0806 0001 0800 06 04 0001 02000000000a 00000000 000000000000 c6336414", out);
        frame.wrap(out, Hex.OFFSET, ArpFrames.LENGTH);
        assertTrue(frame.arp().isProbe());
    }

    @Test
    void unicastRequestGoesToTheOneThatIsAsked() {
        MemorySegment out = Hex.filled(ArpFrames.LENGTH);
        ArpFrames.unicastRequest(out, Hex.OFFSET, MAC, ADDRESS, 0x0200_0000_0014L, 0xc633_6414);
        Hex.assertOctets(REQUEST.replaceFirst("ffffffffffff", "020000000014"), out);
    }

    @Test
    void replyGoesToTheOneWhoAsked() {
        wrap(REQUEST);
        MemorySegment out = Hex.filled(ArpFrames.LENGTH);
        ArpFrames.reply(out, Hex.OFFSET, frame.arp(), 0x0200_0000_0014L, 0xc633_6414);
        Hex.assertOctets(
                "02000000000a 020000000014 0806 0001 0800 06 04 0002 020000000014 c6336414 02000000000a c000020a", out);
    }

    @Test
    void announcementsTellTheSameAddressTwice() {
        MemorySegment out = Hex.filled(ArpFrames.LENGTH);
        ArpFrames.announcement(out, Hex.OFFSET, MAC, ADDRESS);
        Hex.assertOctets(
                "ffffffffffff 02000000000a 0806 0001 0800 06 04 0001 02000000000a c000020a 000000000000 c000020a", out);
        ArpFrames.announcementReply(out, Hex.OFFSET, MAC, ADDRESS);
        Hex.assertOctets(
                "ffffffffffff 02000000000a 0806 0001 0800 06 04 0002 02000000000a c000020a ffffffffffff c000020a", out);
        frame.wrap(out, Hex.OFFSET, ArpFrames.LENGTH);
        assertTrue(frame.arp().isAnnouncement());
        assertFalse(frame.arp().isRequest());
    }

    @ParameterizedTest
    @CsvSource({"14,00,ARP_KIND", "17,dd,ARP_KIND", "18,08,ARP_KIND", "19,10,ARP_KIND", "21,03,ARP_OPERATION"})
    void anotherKindOfArpIsAFault(int at, String octet, WireFault fault) {
        byte[] octets = Hex.octets(REQUEST);
        octets[at] = (byte) Integer.parseInt(octet, 16);
        if (at == 14) {
            octets[at + 1] = 6;
        }
        assertEquals(fault, frame.wrap(Hex.buffer(octets), Hex.OFFSET, octets.length));
        assertEquals(FrameFlyweight.Kind.OTHER, frame.kind());
    }

    @Test
    void aShortOneIsAFault() {
        MemorySegment buffer = Hex.buffer(REQUEST);
        assertEquals(WireFault.ARP_SHORT, frame.wrap(buffer, Hex.OFFSET, ArpFrames.LENGTH - 1));
    }

    private void wrap(String hex) {
        assertEquals(WireFault.OK, frame.wrap(Hex.buffer(hex), Hex.OFFSET, Hex.length(hex)));
    }
}
