package net.testudo.element.cluster.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.wire.cluster.LogMessage.Position;
import net.testudo.element.wire.cluster.LogMessage.Records;
import net.testudo.element.wire.cluster.LogMessage.Run;
import org.junit.jupiter.api.Test;

class LogCopyTest {
    private static final int ALL = Integer.MAX_VALUE;

    private final LogCopy master = new LogCopy();
    private final LogCopy member = new LogCopy();

    @Test
    void theNewestRecordsAreKept() {
        orderAsMaster(1, 1, EventLog.RECORDS_MAX + 10);
        List<LoggedEvent> records = master.view().records();
        assertEquals(EventLog.RECORDS_MAX, records.size());
        assertEquals(11, records.getFirst().order());
        assertEquals(EventLog.RECORDS_MAX + 10L, records.getLast().order());
    }

    @Test
    void anEventGetsOnePlace() {
        orderAsMaster(1, 1, 2);
        master.order(event(1), 1);
        assertEquals(List.of("S/1/1", "S/1/2"), ids(master));
    }

    @Test
    void aMemberTakesOverAndIsToldOnlyOfWhatHappenedSince() {
        orderAsMaster(1, 1, 3);
        assertEquals(List.of(), member.take(records(0, 3)));
        member.adopt(1);
        assertEquals(master.view(), member.view());
        orderAsMaster(1, 4, 4);
        assertEquals(List.of(event(4)), member.take(records(3, 3)));
        assertEquals(List.of(), member.take(records(3, 3)), "said again");
        assertEquals(master.view(), member.view());
    }

    @Test
    void recordsBehindAGapAreNotTaken() {
        orderAsMaster(1, 1, 5);
        member.take(master.records(1, 0, 0, 2));
        assertNull(member.take(records(3, 0)));
        assertEquals(2, member.newest());
    }

    @Test
    void whatIsNotInTheNewMastersLogWaitsForAPlaceAgain() {
        orderAsMaster(1, 1, 2);
        member.take(records(0, 0));
        member.adopt(1);
        member.order(event(7), 1);
        member.order(event(8), 1);
        EventLog before = member.view();
        orderAsMaster(2, 3, 3);
        Position position = new Position(2, member.epoch(), member.runs());
        assertEquals(2, master.agreement(position));
        Records message = master.records(2, 3, 2, ALL);
        member.take(message);
        assertEquals(before, member.view(), "on the way the old one is shown");
        member.adopt(2);
        assertEquals(List.of("S/1/1", "S/1/2", "S/1/3"), ids(member));
        assertEquals(List.of(event(7), event(8)), member.unordered());
    }

    /// The devices of a majority lost their logs, and began another one; this member was not among them.
    @Test
    void aLogThatHasNothingInCommonWithTheNewMastersGoesFromItsFirstRecord() {
        for (int number = 1; number <= EventLog.RECORDS_MAX + 40; number++) {
            member.order(event(number), 1);
        }
        member.adopt(1);
        for (int number = 1; number <= 100; number++) {
            master.order(event(1_000 + number), 2);
        }
        Position position = new Position(2, member.epoch(), member.runs());
        assertEquals(0, master.agreement(position));
        member.take(master.records(2, 0, 0, 16));
        assertEquals(16, member.newest());
        member.adopt(2);
        member.take(master.records(2, 0, 16, ALL));
        assertEquals(ids(master), ids(member));
    }

    @Test
    void whoWasAwayForLongBeginsAnew() {
        orderAsMaster(1, 1, 3);
        member.take(records(0, 0));
        orderAsMaster(1, 4, EventLog.RECORDS_MAX + 40);
        Records message = records(3, 0);
        assertTrue(message.anew());
        member.take(message);
        member.adopt(1);
        assertEquals(master.view(), member.view());
        assertTrue(member.isOrdered(), "what the bound took away needs no place");
    }

    @Test
    void theLogOfTheHigherEpochIsTheLonger() {
        Position old = new Position(9, 3, List.of(new Run(3, 1, 40)));
        Position young = new Position(9, 4, List.of(new Run(3, 1, 20), new Run(4, 21, 21)));
        assertTrue(LogCopy.isLonger(young, old));
        assertFalse(LogCopy.isLonger(old, young));
        orderAsMaster(4, 1, 30);
        assertFalse(master.isBehind(young));
    }

    @Test
    void logsAgreeUpToTheLastRecordOfACommonEpoch() {
        List<Run> one = List.of(new Run(1, 1, 5), new Run(2, 6, 9), new Run(4, 10, 12));
        assertEquals(8, RecordList.agreement(one, List.of(new Run(1, 3, 5), new Run(2, 6, 8), new Run(3, 9, 30))));
        assertEquals(0, RecordList.agreement(one, List.of(new Run(3, 1, 30))));
        assertEquals(0, RecordList.agreement(one, List.of(new Run(4, 13, 14))), "nothing of it is kept in both");
    }

    private void orderAsMaster(long epoch, int first, int last) {
        for (int number = first; number <= last; number++) {
            master.order(event(number), epoch);
        }
        master.adopt(epoch);
    }

    private Records records(long base, long start) {
        return master.records(1, start, base, ALL);
    }

    private static List<String> ids(LogCopy log) {
        return log.view().records().stream().map(logged -> logged.event().id()).toList();
    }

    private static ElementEvent event(int number) {
        return new ElementEvent(
                "S/1/" + number,
                ElementEvent.Kind.MEMBER_UP,
                2,
                "S2",
                1,
                ElementEvent.Reason.NONE,
                "heard",
                Map.of("number", Integer.toString(number)));
    }
}
