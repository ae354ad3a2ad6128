package net.testudo.lab.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.testudo.lab.faults.MasterWatch.Change;

/// Holds the changes of the master during one step against the records of failovers and against its faults.
final class FailoverCheck {
    private static final String GAVE_UP = "gave-up";
    private static final Set<String> WITHOUT_MAJORITY = Set.of("silent", GAVE_UP, "no-master", "without-majority");

    private final FaultStep step;
    private final int devices;
    private final int master;
    private final List<Election> elections;

    /// @param master before the step
    /// @param elections during it, in the order of their epochs
    FailoverCheck(FaultStep step, int devices, int master, List<Election> elections) {
        this.step = step;
        this.devices = devices;
        this.master = master;
        this.elections = elections;
    }

    /// Each change on one network has a record, in the order of the records; so nobody acts again after another one did
    /// unless a record says that the role moved back. A master that had no time to act is no change on the wire.
    ///
    /// @param changes seen on one network during the step, in order
    List<String> unrecorded(List<Change> changes) {
        List<String> broken = new ArrayList<>();
        int next = 0;
        for (Change change : changes) {
            while (next < elections.size() && elections.get(next).winner() != change.to()) {
                next++;
            }
            if (next == elections.size()) {
                broken.add("two masters on the wire, or a failover without a record: " + change);
            } else {
                next++;
            }
        }
        return broken;
    }

    /// The records say who is master now.
    List<String> unexplainedMaster(int now) {
        int recorded = elections.isEmpty() ? master : elections.getLast().winner();
        return recorded == now
                ? List.of()
                : List.of("device " + now + " is master, and the last record names device " + recorded);
    }

    /// Each record names a reason that a fault of this step explains, and each epoch and event has one record.
    List<String> unexplained() {
        List<String> broken = new ArrayList<>();
        Set<Long> epochs = new HashSet<>();
        Set<String> events = new HashSet<>();
        Set<Integer> masters = new HashSet<>(Set.of(0, master));
        for (Election election : elections) {
            if (!epochs.add(election.epoch()) || !events.add(election.eventId())) {
                broken.add("two records of one failover: " + election);
            }
            if (!masters.contains(election.from())) {
                broken.add("a record names a master that was none: " + election);
            }
            if (!explained(election) && !leaseLost(election)) {
                broken.add("no fault explains this failover: " + election);
            }
            masters.add(election.winner());
        }
        return broken;
    }

    /// Failovers that no fault explains, of a master that lost its lease and said so: the machine was too busy.
    long leasesLost() {
        return elections.stream()
                .filter(election -> !explained(election) && leaseLost(election))
                .count();
    }

    private static boolean leaseLost(Election election) {
        return election.reason().equals(GAVE_UP);
    }

    private boolean explained(Election election) {
        if (!step.majorityStays(devices) && WITHOUT_MAJORITY.contains(election.reason())) {
            return true;
        }
        return step.faults().stream()
                .anyMatch(fault -> fault.kind().reasons().contains(election.reason())
                        && (election.from() == fault.device()
                                || (election.from() == 0 && election.winner() == fault.device())));
    }
}
