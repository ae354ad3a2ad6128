package net.testudo.lab.faults;

import java.util.List;

/// What came of one step.
///
/// @param step the faults
/// @param master before them
/// @param now master afterwards
/// @param orderMs from when the last fault was healed until all was in order
/// @param elections meanwhile
/// @param leasesLost failovers that no fault explains, of a master that lost its lease and said so
/// @param commits that were answered meanwhile
/// @param noticed by the hosts
/// @param broken what must never happen and did
record StepOutcome(
        FaultStep step,
        int master,
        int now,
        long orderMs,
        List<Election> elections,
        long leasesLost,
        CommitLedger.Counts commits,
        FaultTraffic.Noticed noticed,
        List<String> broken) {
    StepOutcome {
        elections = List.copyOf(elections);
        broken = List.copyOf(broken);
    }

    /// The longest interruption, in ms.
    double gapMs() {
        return noticed.gapNs() / 1e6;
    }
}
