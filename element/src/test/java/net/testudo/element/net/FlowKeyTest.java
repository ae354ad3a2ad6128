package net.testudo.element.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowKeyTest {
    @Test
    void thePartsComeBackOut() {
        FlowKey key = FlowKey.of(Protocol.TCP, 0xc000_0201, 0xffff_ffff, FlowKey.ports(65_535, 80));
        assertEquals(Protocol.TCP, key.protocol());
        assertEquals("192.0.2.1", key.source().toString());
        assertEquals("255.255.255.255", key.destination().toString());
        assertEquals(65_535, key.sourcePort());
        assertEquals(80, key.destinationPort());
        assertEquals("6 192.0.2.1:65535 > 255.255.255.255:80", key.toString());
    }

    @Test
    void bothDirectionsAreEachOthersReverseAndShareAHash() {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            FlowKey key = FlowKey.of(Protocol.UDP, random.nextInt(), random.nextInt(), random.nextInt());
            FlowKey reverse = key.reversed();
            assertEquals(key.source(), reverse.destination());
            assertEquals(key.sourcePort(), reverse.destinationPort());
            assertEquals(key, reverse.reversed());
            assertEquals(
                    FlowKey.symmetricHash(key.addresses(), key.selectors()),
                    FlowKey.symmetricHash(reverse.addresses(), reverse.selectors()));
            assertNotEquals(
                    FlowKey.hash(key.addresses(), key.selectors()),
                    FlowKey.hash(reverse.addresses(), reverse.selectors()));
        }
    }

    @Test
    void anSpiStaysInTheOtherDirection() {
        FlowKey key = FlowKey.of(Protocol.ESP, 1, 2, 0x89ab_cdef);
        assertEquals(0x89ab_cdef, (int) key.reversed().selectors());
        assertEquals(FlowKey.addresses(2, 1), key.reversed().addresses());
    }

    @Test
    void neighbouringFlowsSpreadEvenlyInLowAndHighBits() {
        int[] low = new int[64];
        int[] high = new int[64];
        int flows = 64 * 200;
        for (int i = 0; i < flows; i++) {
            long hash = FlowKey.hash(
                    FlowKey.addresses(0x0a00_0001 + (i & 15), 0xc633_6414),
                    FlowKey.selectors(Protocol.TCP, FlowKey.ports(20_000 + (i >> 4), 443)));
            low[(int) hash & 63]++;
            high[(int) (hash >>> 58)]++;
        }
        for (int i = 0; i < 64; i++) {
            assertTrue(low[i] > 120 && low[i] < 280, "low bits " + i + ": " + low[i]);
            assertTrue(high[i] > 120 && high[i] < 280, "high bits " + i + ": " + high[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.1/24, 198.51.100.0, 198.51.100.255, 198.51.100.77, 198.51.101.1",
        "10.0.0.5/32, 10.0.0.5, 10.0.0.5, 10.0.0.5, 10.0.0.4",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255, 200.0.0.1, 127.0.0.1",
    })
    void aPrefixKnowsWhatLiesInIt(String text, String network, String broadcast, String inside, String outside) {
        Ipv4Prefix prefix = Ipv4Prefix.parse(text).orElseThrow();
        assertEquals(text, prefix.toString());
        assertEquals(network, prefix.network().toString());
        assertEquals(broadcast, prefix.broadcast().toString());
        assertTrue(prefix.contains(Ipv4Address.parse(inside).orElseThrow()));
        assertEquals(false, prefix.contains(Ipv4Address.parse(outside).orElseThrow()));
        assertTrue(prefix.overlaps(Ipv4Prefix.ALL) && Ipv4Prefix.ALL.overlaps(prefix));
    }

    @Test
    void prefixesOverlapIfOneHoldsTheOther() {
        Ipv4Prefix wide = Ipv4Prefix.parse("10.0.0.0/8").orElseThrow();
        Ipv4Prefix narrow = Ipv4Prefix.parse("10.1.0.0/16").orElseThrow();
        Ipv4Prefix other = Ipv4Prefix.parse("10.2.0.0/16").orElseThrow();
        assertTrue(wide.overlaps(narrow) && narrow.overlaps(wide));
        assertEquals(false, narrow.overlaps(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "10.0.0.1", "10.0.0.1/", "10.0.0.1/33", "10.0.0.1/-1", "10.0.0/8", "a/8", "1.2.3.4/8/8"
            })
    void whatIsNoPrefixIsNothing(String text) {
        assertEquals(Optional.empty(), Ipv4Prefix.parse(text));
    }

    @Test
    void portRangesReadAndCompare() {
        assertEquals(Optional.of(new PortRange(80, 90)), PortRange.parse("80..90"));
        assertEquals(Optional.of(new PortRange(80, 80)), PortRange.parse("80"));
        assertEquals("80..90", new PortRange(80, 90).toString());
        assertEquals("80", new PortRange(80, 80).toString());
        assertEquals(11, new PortRange(80, 90).size());
        assertTrue(new PortRange(80, 90).overlaps(new PortRange(90, 95)));
        assertEquals(false, new PortRange(80, 90).overlaps(new PortRange(91, 95)));
        for (String text :
                new String[] {"", "..", "1..", "..1", "9..8", "65536", "1..65536", "-1", "a", "1...2", "1..2..3"}) {
            assertEquals(Optional.empty(), PortRange.parse(text), text);
        }
    }

    @Test
    void protocolsAreReadByNameAndNumber() {
        assertEquals(OptionalInt.of(Protocol.TCP), Protocol.parse("tcp"));
        assertEquals(OptionalInt.of(Protocol.ANY), Protocol.parse("any"));
        assertEquals(OptionalInt.of(255), Protocol.parse("255"));
        assertEquals(OptionalInt.empty(), Protocol.parse("256"));
        assertEquals(OptionalInt.empty(), Protocol.parse("TCP"));
    }
}
