package net.testudo.element.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.resource.LeaseMessage.Acknowledgement;
import net.testudo.element.resource.LeaseMessage.Grant;
import net.testudo.element.resource.LeaseMessage.Reason;
import net.testudo.element.resource.LeaseMessage.Refusal;
import net.testudo.element.resource.LeaseMessage.Report;
import net.testudo.element.resource.LeaseMessage.Request;
import net.testudo.element.resource.LeaseMessage.Return;
import net.testudo.element.resource.LeaseMessage.Update;
import org.junit.jupiter.api.Test;

class PortLeasesTest {
    private static final int LINE = 7;
    private static final LeasePool POOL = new LeasePool(1, LINE, List.of(new LeasePool.Range(1000, 1099)), 10);

    private final List<LeaseMessage> toMaster = new ArrayList<>();
    private final List<LeaseMessage> fromMaster = new ArrayList<>();
    private final PortLeases leases = new PortLeases(3, 5, (_, message) -> toMaster.add(message));
    private LeaseBlock used = new LeaseBlock(LINE, 0, 1);
    private final LeaseLedger.Context context =
            new LeaseLedger.Context(50, (_, message) -> fromMaster.add(message), block -> block.overlaps(used));
    private final LeaseLedger ledger = new LeaseLedger(1, context);

    @Test
    void aBlockIsUsableOnlyAfterTheBackupAcknowledgedIt() {
        ledger.pools(List.of(POOL));
        ledger.onBackupChanged(2);
        ledger.onMessage(new Request(1, 3, 1, 1), 0);
        assertEquals(0, ledger.holder(LINE, 1000));
        assertTrue(fromMaster.stream().noneMatch(Grant.class::isInstance));
        Update update = assertInstanceOf(Update.class, fromMaster.getLast());
        assertEquals(LeaseState.PENDING, update.state());
        ledger.onMessage(new Acknowledgement(1, 4, update.sequence()), 0);
        ledger.onMessage(new Acknowledgement(1, 2, update.sequence() - 1), 0);
        assertEquals(0, ledger.holder(LINE, 1000), "neither another device nor an older one counts");
        ledger.onMessage(new Acknowledgement(1, 2, update.sequence()), 0);
        assertEquals(new Grant(1, 3, 1, 1, new LeaseBlock(LINE, 1000, 10)), fromMaster.getLast());
        assertEquals(3, ledger.holder(LINE, 1009));
        assertEquals(0, ledger.holder(LINE, 1010));
        assertEquals(0, ledger.holder(8, 1000));
        assertEquals(100, ledger.usedPermille(POOL));
    }

    @Test
    void aRepeatedRequestGetsTheSameBlockAgain() {
        ledger.pools(List.of(POOL));
        ledger.onMessage(new Request(1, 3, 1, 1), 0);
        LeaseMessage grant = fromMaster.getLast();
        ledger.onMessage(new Request(1, 3, 1, 1), 0);
        assertEquals(List.of(grant, grant), fromMaster);
        ledger.onMessage(new Request(2, 3, 1, 2), 0);
        assertEquals(2, fromMaster.size(), "another epoch does not count");
    }

    @Test
    void theBlockOfALostHolderDrainsRestsAndIsFree() {
        ledger.pools(List.of(POOL));
        ledger.onMessage(new Request(1, 3, 1, 1), 0);
        used = new LeaseBlock(LINE, 1004, 1);
        ledger.onHolderLost(3, 0);
        assertEquals(0, ledger.holder(LINE, 1004));
        ledger.doWork(1_000);
        assertEquals(LeaseState.DRAINING, ledger.blocks().getFirst().state(), "a moved flow keeps its port");
        used = new LeaseBlock(LINE, 0, 1);
        ledger.doWork(2_000);
        assertEquals(LeaseState.QUARANTINED, ledger.blocks().getFirst().state());
        ledger.doWork(2_049);
        assertEquals(1, ledger.blocks().size());
        ledger.doWork(2_050);
        assertEquals(List.of(), ledger.blocks());
    }

    @Test
    void exhaustionIsSaidAndTheLastPortsAreUsedToo() {
        ledger.pools(List.of(new LeasePool(1, LINE, List.of(new LeasePool.Range(1000, 1014)), 10)));
        ledger.onMessage(new Request(1, 3, 1, 1), 0);
        ledger.onMessage(new Request(1, 3, 1, 2), 0);
        assertEquals(
                new LeaseBlock(LINE, 1010, 5),
                assertInstanceOf(Grant.class, fromMaster.getLast()).block());
        ledger.onMessage(new Request(1, 3, 1, 3), 0);
        assertEquals(new Refusal(1, 3, 1, 3, Reason.EXHAUSTED), fromMaster.getLast());
        ledger.onMessage(new Request(1, 3, 99, 4), 0);
        assertEquals(
                Reason.UNKNOWN_POOL,
                assertInstanceOf(Refusal.class, fromMaster.getLast()).reason());
    }

    @Test
    void aNewMasterGrantsNothingBeforeAllReportedAndUnknownNumbersRested() {
        LeaseLedger next = LeaseLedger.takeOver(2, context, new LeaseReplica(), DeviceSet.of(3, 4), 0);
        next.pools(List.of(POOL));
        LeaseBlock held = new LeaseBlock(LINE, 1020, 10);
        next.onMessage(new Report(2, 3, List.of(held), List.of()), 0);
        assertEquals(3, next.holder(LINE, 1025));
        next.onHolderLost(4, 30);
        assertTrue(next.awaited().isEmpty());
        next.doWork(79);
        next.onMessage(new Request(2, 3, 1, 1), 79);
        assertEquals(
                Reason.RECOVERING,
                assertInstanceOf(Refusal.class, fromMaster.getLast()).reason());
        next.doWork(80);
        assertTrue(next.recovered());
        next.onMessage(new Request(2, 3, 1, 1), 80);
        assertFalse(assertInstanceOf(Grant.class, fromMaster.getLast()).block().overlaps(held));
    }

    @Test
    void theBackupTakesOverWithWhatItKnows() {
        LeaseReplica replica = new LeaseReplica();
        ledger.pools(List.of(POOL));
        ledger.onMessage(new Request(1, 3, 1, 1), 0);
        ledger.onMessage(new Request(1, 4, 1, 1), 0);
        fromMaster.clear();
        ledger.onBackupChanged(2);
        assertFalse(ledger.backupInSync());
        List<LeaseMessage> acknowledgements = new ArrayList<>();
        fromMaster.forEach(message -> replica.onMessage(2, message, 1, (_, answer) -> acknowledgements.add(answer)));
        acknowledgements.forEach(message -> ledger.onMessage(message, 0));
        assertTrue(ledger.backupInSync() && replica.complete());
        LeaseLedger next = LeaseLedger.takeOver(2, context, replica, DeviceSet.of(2, 3), 0);
        assertEquals(3, next.holder(LINE, 1000));
        assertEquals(0, next.holder(LINE, 1010), "device 4 is gone");
        next.onMessage(new Report(2, 2, List.of(), List.of()), 0);
        next.onMessage(new Report(2, 3, List.of(new LeaseBlock(LINE, 1000, 10)), List.of()), 0);
        assertTrue(next.recovered());
        assertEquals(
                List.of(LeaseState.ACTIVE, LeaseState.DRAINING),
                next.blocks().stream().map(Update::state).toList());
    }

    @Test
    void portsAreGivenOutOnceAndTheOneFreedLastComesLast() {
        hold();
        Set<Integer> ports = new TreeSet<>();
        for (int i = 0; i < 10; i++) {
            ports.add(leases.allocate(0));
        }
        assertEquals(10, ports.size());
        assertEquals(PortLeases.NONE, leases.allocate(0));
        assertEquals(0, leases.free(0));
        assertTrue(leases.release(LINE, 1004));
        assertFalse(leases.release(LINE, 1004), "it is free already");
        assertFalse(leases.release(LINE, 1010), "it is another's");
        assertFalse(leases.release(8, 1004));
        assertTrue(leases.release(LINE, 1002));
        assertEquals(1004, leases.allocate(0));
        assertEquals(1002, leases.allocate(0));
    }

    @Test
    void aFurtherBlockIsAskedForInTimeAndAgainAfterAWhile() {
        hold();
        leases.doWork(0);
        assertEquals(List.of(), toMaster);
        for (int i = 0; i < 6; i++) {
            leases.allocate(0);
        }
        leases.doWork(0);
        leases.doWork(4);
        leases.doWork(5);
        assertEquals(List.of(new Request(1, 3, 1, 2), new Request(1, 3, 1, 2)), toMaster);
        leases.onMessage(new Refusal(1, 3, 1, 2, Reason.EXHAUSTED), 5);
        leases.doWork(9);
        leases.doWork(10);
        assertEquals(new Request(1, 3, 1, 3), toMaster.getLast());
        assertEquals(3, toMaster.size());
    }

    @Test
    void whatIsNotNeededIsReturned() {
        hold();
        leases.pools(List.of(new LeasePool(5, LINE, List.of(new LeasePool.Range(2000, 2009)), 10)));
        leases.doWork(0);
        assertTrue(toMaster.contains(new Return(1, 3, new LeaseBlock(LINE, 1000, 10), 0)));
        assertFalse(leases.holds(LINE, 1000));
    }

    @Test
    void aGrantThatWasForfeitedIsNotTaken() {
        leases.pools(List.of(POOL));
        leases.follow(1, 1);
        leases.doWork(0);
        leases.forfeit();
        LeaseBlock block = new LeaseBlock(LINE, 1000, 10);
        leases.onMessage(new Grant(1, 3, 1, 1, block), 0);
        assertEquals(new Return(1, 3, block, 1), toMaster.getLast());
        assertEquals(List.of(), leases.blocks());
    }

    @Test
    void aNewMasterGetsAReportAndTheOldOneIsNotHeard() {
        hold();
        leases.follow(2, 2);
        LeaseBlock block = new LeaseBlock(LINE, 1000, 10);
        assertEquals(List.of(new Report(2, 3, List.of(block), List.of())), toMaster);
        leases.onMessage(new LeaseMessage.Revocation(1, 3, block), 0);
        assertTrue(leases.holds(LINE, 1009));
        leases.onMessage(new LeaseMessage.Revocation(2, 3, block), 0);
        assertFalse(leases.holds(LINE, 1009));
        assertNotEquals(1000, leases.allocate(0));
    }

    private void hold() {
        leases.pools(List.of(POOL));
        leases.follow(1, 1);
        leases.doWork(0);
        leases.onMessage(new Grant(1, 3, 1, 1, new LeaseBlock(LINE, 1000, 10)), 0);
        assertEquals(10, leases.free(0));
        toMaster.clear();
    }
}
