package net.testudo.sim.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import net.testudo.element.wire.FrameFlyweight;
import net.testudo.element.wire.WireFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaggedPacketTest {
    @ParameterizedTest
    @EnumSource
    void isReadAsItWasWritten(Protocol protocol) {
        TaggedPacket packet = packet(protocol);
        byte[] frame = packet.toFrame(0x0200_0000_0001L, 0x0200_0000_0002L);
        assertEquals(packet, TaggedPacket.of(frame));
        assertTrue(TaggedPacket.isIntact(frame));
    }

    @ParameterizedTest
    @EnumSource
    void oneWrongOctetIsSeen(Protocol protocol) {
        for (int at = 14; at < packet(protocol).toFrame(1, 2).length; at++) {
            byte[] frame = packet(protocol).toFrame(1, 2);
            frame[at] ^= 0x10;
            assertFalse(TaggedPacket.isIntact(frame), "octet " + at);
        }
    }

    @ParameterizedTest
    @EnumSource
    void elementReadsItToo(Protocol protocol) {
        byte[] frame = packet(protocol).toFrame(1, 2);
        FrameFlyweight view = new FrameFlyweight();
        assertEquals(WireFault.OK, view.wrap(MemorySegment.ofArray(frame), 0, frame.length));
        assertEquals(FrameFlyweight.Kind.IPV4, view.kind());
        assertEquals(protocol.number(), view.ipv4().protocol());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTooShortIsNoPacket(Protocol protocol) {
        byte[] frame = packet(protocol).toFrame(1, 2);
        for (int length = 0; length < frame.length; length++) {
            assertNull(TaggedPacket.of(java.util.Arrays.copyOf(frame, length)));
        }
    }

    private static TaggedPacket packet(Protocol protocol) {
        boolean tcp = protocol == Protocol.TCP;
        int port = protocol == Protocol.ICMP ? 40_007 : 7_000;
        Tag tag = new Tag(7, 3, false, 12);
        return new TaggedPacket(
                protocol, 0xc633_6464, 40_007, 0xc000_0264, port, tcp ? 16 : 0, tcp ? 5 : 0, tcp ? 6 : 0, tag);
    }
}
