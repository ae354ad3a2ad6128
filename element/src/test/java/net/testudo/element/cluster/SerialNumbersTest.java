package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import net.testudo.element.net.MacAddress;
import org.junit.jupiter.api.Test;

class SerialNumbersTest {
    private static final long LATER_NS = SerialNumbers.FORGET_NS + 1;

    private final SerialNumbers numbers = new SerialNumbers("own");

    @Test
    void aFloodIsFollowedUpToTheBoundAndHidesNobodyWhoWasThereBefore() {
        announce("A1", 1, 0);
        for (int i = 0; i < 2 * SerialNumbers.COUNT_MAX; i++) {
            announce("X" + i, 2, 0);
        }
        String last = "X" + (2 * SerialNumbers.COUNT_MAX - 1);
        announce(last, 3, 0);
        announce("A1", 3, 0);
        assertEquals(Set.of("A1"), numbers.duplicates());
    }

    @Test
    void manyPortsOfOneSerialNumberAreForgottenAsTwoAre() {
        for (int port = 1; port <= 1_000; port++) {
            announce("A1", port, 0);
        }
        announce("A1", 1, LATER_NS);
        assertEquals(Set.of("A1"), numbers.duplicates());
        numbers.forget(LATER_NS);
        assertEquals(Set.of(), numbers.duplicates());
    }

    @Test
    void whoeverElseAnnouncesTheOwnSerialNumberIsAnotherDevice() {
        announce("own", 1, 0);
        assertEquals(Set.of("own"), numbers.duplicates());
    }

    private void announce(String serial, int port, long nowNs) {
        numbers.announced(serial, new MacAddress(port), nowNs);
    }
}
