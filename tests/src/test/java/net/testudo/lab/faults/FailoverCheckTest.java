package net.testudo.lab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import net.testudo.lab.Network;
import net.testudo.lab.faults.MasterWatch.Change;
import org.junit.jupiter.api.Test;

class FailoverCheckTest {
    private static Fault fault(FaultKind kind, int device) {
        return new Fault(kind, device, Network.CLUSTER, false, Duration.ZERO, Duration.ofSeconds(1));
    }

    private static Election election(long epoch, int from, int to, String reason) {
        return new Election(epoch, "A" + to + "/1/" + epoch, to, from, reason, "", 0);
    }

    private static Change change(int from, int to) {
        return new Change("inside", from, to, 1, 2);
    }

    /// Device 1 is master of three.
    private static FailoverCheck check(List<Fault> faults, Election... elections) {
        return new FailoverCheck(new FaultStep(1, faults), 3, 1, List.of(elections));
    }

    @Test
    void theDeathOfTheMasterExplainsOneFailover() {
        FailoverCheck check = check(List.of(fault(FaultKind.KILL, 1)), election(2, 1, 3, "silent"));
        assertEquals(List.of(), check.unexplained());
        assertEquals(List.of(), check.unexplainedMaster(3));
        assertEquals(List.of(), check.unrecorded(List.of(change(1, 3))));
        assertEquals(0, check.leasesLost());
    }

    @Test
    void noFailoverIsExplainedByAFaultOfAnotherDeviceOrOneThatTheMasterOutlives() {
        Election election = election(2, 1, 3, "silent");
        for (Fault fault : List.of(
                fault(FaultKind.KILL, 2),
                fault(FaultKind.CLUSTER_CUT, 1),
                fault(FaultKind.DATA_ONE_WAY, 1),
                fault(FaultKind.AGENT_KILL, 1))) {
            FailoverCheck check = check(List.of(fault), election);
            assertEquals(List.of("no fault explains this failover: " + election), check.unexplained());
        }
    }

    @Test
    void aReasonHasToFitTheFault() {
        FailoverCheck check = check(List.of(fault(FaultKind.KILL, 1)), election(2, 1, 3, "operator"));
        assertEquals(1, check.unexplained().size());
    }

    @Test
    void aLostLeaseThatTheRecordNamesIsCounted() {
        FailoverCheck check = check(List.of(fault(FaultKind.AGENT_STOP, 1)), election(2, 1, 3, "gave-up"));
        assertEquals(List.of(), check.unexplained());
        assertEquals(1, check.leasesLost());
    }

    @Test
    void whatHappensWithoutAMajorityNeedsNoSingleFault() {
        List<Fault> faults = List.of(fault(FaultKind.KILL, 2), fault(FaultKind.STOP, 3));
        FailoverCheck check = check(faults, election(2, 1, 2, "gave-up"), election(3, 0, 1, "no-master"));
        assertEquals(List.of(), check.unexplained());
        assertEquals(0, check.leasesLost());
    }

    @Test
    void aSecondChangeBackNeedsARecordOfItsOwn() {
        FailoverCheck check = check(List.of(fault(FaultKind.STOP, 1)), election(2, 1, 3, "silent"));
        List<String> broken = check.unrecorded(List.of(change(1, 3), change(3, 1)));
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(broken.getFirst().startsWith("two masters on the wire"), broken.toString());
        assertEquals(2, check.unrecorded(List.of(change(1, 2), change(2, 1))).size());
    }

    @Test
    void aMasterThatHadNoTimeToActIsNoChange() {
        FailoverCheck check = check(
                List.of(fault(FaultKind.KILL, 1), fault(FaultKind.STOP, 2)),
                election(2, 1, 2, "silent"),
                election(3, 2, 3, "silent"));
        assertEquals(List.of(), check.unexplained());
        assertEquals(List.of(), check.unrecorded(List.of(change(1, 3))));
    }

    @Test
    void aMasterWithoutARecordIsSeen() {
        assertEquals(
                List.of("device 2 is master, and the last record names device 1"),
                check(List.of(fault(FaultKind.KILL, 1))).unexplainedMaster(2));
    }

    @Test
    void twoRecordsOfOneEpochAndAMasterThatWasNoneAreSeen() {
        FailoverCheck check =
                check(List.of(fault(FaultKind.KILL, 1)), election(2, 1, 3, "silent"), election(2, 1, 2, "silent"));
        assertTrue(check.unexplained().toString().contains("two records of one failover"));
        FailoverCheck other = check(List.of(fault(FaultKind.KILL, 2)), election(2, 2, 3, "silent"));
        assertTrue(other.unexplained().toString().contains("names a master that was none"));
    }
}
