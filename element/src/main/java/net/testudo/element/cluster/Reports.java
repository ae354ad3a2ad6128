package net.testudo.element.cluster;

import net.testudo.element.wire.cluster.StatusMessage;

/// Decides which reports renew a lease.
final class Reports {
    private Reports() {}

    /// A master's lease counts only reports made in exactly its epoch that name it.
    static boolean countsForMaster(StatusMessage status, long masterEpoch, int self) {
        return status.promisedEpoch() == masterEpoch && status.follows() == self;
    }
}
