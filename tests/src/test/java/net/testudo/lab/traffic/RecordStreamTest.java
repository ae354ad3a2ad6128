package net.testudo.lab.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecordStreamTest {
    private final RecordStream here = new RecordStream(0);
    private final RecordStream there = new RecordStream(0);

    private static void carry(RecordStream from, RecordStream to, int octets, long nowNs) {
        from.outgoing().flip();
        for (int i = 0; i < octets && from.outgoing().hasRemaining(); i++) {
            to.incoming().put(from.outgoing().get());
        }
        from.outgoing().compact();
        to.onReceived(nowNs);
    }

    @Test
    void aRecordIsCompleteWhenTheFarSideSaidSo() {
        here.emit();
        assertFalse(here.complete(1));
        carry(here, there, 100, 1);
        assertFalse(here.complete(1));
        there.emit();
        carry(there, here, 100, 2);
        assertTrue(here.complete(1));
        assertFalse(here.complete(2));
    }

    @Test
    void recordsMayArriveInPieces() {
        here.emit();
        here.emit();
        carry(here, there, 20, 1);
        carry(here, there, 12, 2);
        there.emit();
        carry(there, here, 16, 3);
        assertTrue(here.complete(2));
    }

    @Test
    void aMissingRecordIsNeverComplete() {
        here.emit();
        here.outgoing().clear();
        here.emit();
        carry(here, there, 100, 1);
        there.emit();
        assertFalse(there.complete(0));
    }

    @Test
    void theLongestStallIsBetweenTwoRecords() {
        there.emit();
        there.emit();
        carry(there, here, 16, 10);
        carry(there, here, 16, 300);
        assertEquals(290, here.longestStallNs());
    }

    @Test
    void aFarSideThatTakesNothingDoesNotLetTheBufferOverflow() {
        for (int i = 0; i < 10_000; i++) {
            here.emit();
        }
        assertEquals(here.outgoing().capacity() / RecordStream.RECORD_OCTETS, here.sentNumber());
    }
}
