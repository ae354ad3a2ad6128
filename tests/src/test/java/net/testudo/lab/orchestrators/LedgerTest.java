package net.testudo.lab.orchestrators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void whatIsAcknowledgedReplacesAllThatWasPossible() {
        assertEquals(Set.of(0), ledger.possible());
        ledger.unknown(1, "");
        ledger.undone(2, "");
        assertEquals(Set.of(0, 1), ledger.possible());
        ledger.acknowledged(3, "");
        assertEquals(Set.of(3), ledger.possible());
        ledger.unknown(4, "died");
        assertEquals(Set.of(3, 4), ledger.possible());
        assertEquals("1/2/1", ledger.counts());
        assertTrue(
                ledger.lines().contains("4 unknown died"), () -> ledger.lines().toString());
    }
}
