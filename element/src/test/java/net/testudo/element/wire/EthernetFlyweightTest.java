package net.testudo.element.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class EthernetFlyweightTest {
    private static final String FRAME = "020000000001 0200deadbeef 8100 a064 0800 4500";

    private final EthernetFlyweight ethernet = new EthernetFlyweight();
    private final VlanFlyweight vlan = new VlanFlyweight();

    @Test
    void deconstruct() {
        MemorySegment buffer = Hex.buffer(FRAME);
        assertEquals(WireFault.OK, ethernet.wrap(buffer, Hex.OFFSET, Hex.length(FRAME)));
        assertEquals(0x0200_0000_0001L, ethernet.destination());
        assertEquals(0x0200_dead_beefL, ethernet.source());
        assertFalse(ethernet.toGroup());
        assertEquals(EtherType.VLAN, ethernet.etherType());
        assertEquals(WireFault.OK, vlan.wrap(buffer, ethernet.payloadOffset(), ethernet.payloadLength()));
        assertEquals(100, vlan.vlan());
        assertEquals(5, vlan.priority());
        assertFalse(vlan.dropEligible());
        assertEquals(EtherType.IPV4, vlan.etherType());
        assertEquals(Hex.OFFSET + 18, vlan.payloadOffset());
        assertEquals(2, vlan.payloadLength());
    }

    @Test
    void construct() {
        MemorySegment buffer = Hex.filled(18);
        EthernetFlyweight.emit(buffer, Hex.OFFSET, 0x0200_0000_0001L, 0x0200_dead_beefL, EtherType.VLAN);
        VlanFlyweight.emit(buffer, Hex.OFFSET + EthernetFlyweight.HEADER_LENGTH, 0xa064, EtherType.IPV4);
        Hex.assertOctets("020000000001 0200deadbeef 8100 a064 0800", buffer);
    }

    @Test
    void rewrite() {
        MemorySegment buffer = Hex.buffer(FRAME);
        ethernet.wrap(buffer, Hex.OFFSET, Hex.length(FRAME));
        ethernet.destination(0xffff_ffff_ffffL);
        ethernet.source(0x0102_0304_0506L);
        assertTrue(ethernet.toGroup());
        Hex.assertOctets("ffffffffffff 010203040506 8100 a064 0800 4500", buffer);
    }

    @Test
    void whatIsTooShortIsAFault() {
        MemorySegment buffer = Hex.buffer(FRAME);
        assertEquals(WireFault.ETHERNET_SHORT, ethernet.wrap(buffer, Hex.OFFSET, 13));
        assertEquals(WireFault.OK, ethernet.wrap(buffer, Hex.OFFSET, 14));
        assertEquals(WireFault.VLAN_SHORT, vlan.wrap(buffer, Hex.OFFSET + 14, 3));
        assertEquals(WireFault.OK, vlan.wrap(buffer, Hex.OFFSET + 14, 4));
    }
}
