package net.testudo.element.cluster;

import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.Revision;
import org.jspecify.annotations.Nullable;

/// What a device must not forget over a restart. Written as a whole before anything that rests on it is said.
///
/// @param bootCount number of starts of this device
/// @param clusterId UUID of the cluster, empty if unconfigured
/// @param self number of this device in the cluster, 0 if unconfigured
/// @param associationKey of the cluster, 64 hexadecimal digits, empty if unconfigured; secret
/// @param promisedEpoch the highest epoch promised
/// @param promisedTo the candidate it was promised to
/// @param line the decided revisions, null if unconfigured
/// @param prepared the undecided entry, if any
/// @param sole this device went on alone and is the authority of a pair
/// @param inSync this device of a pair holds all that its peer holds, so that it may go on alone
/// @param suspended the suspensions stored for the master
/// @param suspendedEpoch of that order
/// @param suspendedSequence of that order
/// @param voteVoid the image is older than what was promised: no vote until the vote was taken away and given anew
/// @param orphan a decided revision that the cluster's line does not hold, kept for the operator
record DurableState(
        long bootCount,
        String clusterId,
        int self,
        String associationKey,
        long promisedEpoch,
        int promisedTo,
        @Nullable Line line,
        @Nullable PreparedEntry prepared,
        boolean sole,
        boolean inSync,
        DeviceSet suspended,
        long suspendedEpoch,
        long suspendedSequence,
        boolean voteVoid,
        @Nullable Revision orphan) {

    static DurableState unconfigured(long bootCount) {
        return new DurableState(
                bootCount, "", 0, "", 0, 0, null, null, false, false, DeviceSet.NONE, 0, 0, false, null);
    }

    DeviceSet voters() {
        return line == null ? DeviceSet.NONE : line.newest().header().voters();
    }

    long number() {
        return line == null ? 0 : line.number();
    }

    /// The prepared change of voters that is neither decided nor withdrawn, or null.
    @Nullable
    PreparedEntry undecidedVoterChange() {
        PreparedEntry entry = prepared;
        if (entry == null || entry.tombstone() || entry.revision().number() != number() + 1) {
            return null;
        }
        Line decided = line;
        boolean same = decided != null
                && entry.revision().header().voters().equals(voters())
                && entry.revision().header().tieBreaker()
                        == decided.newest().header().tieBreaker();
        return same ? null : entry;
    }

    DurableState withBootCount(long value) {
        return new DurableState(
                value,
                clusterId,
                self,
                associationKey,
                promisedEpoch,
                promisedTo,
                line,
                prepared,
                sole,
                inSync,
                suspended,
                suspendedEpoch,
                suspendedSequence,
                voteVoid,
                orphan);
    }

    DurableState withIdentity(String cluster, int number, String key) {
        return new DurableState(
                bootCount,
                cluster,
                number,
                key,
                promisedEpoch,
                promisedTo,
                line,
                prepared,
                sole,
                inSync,
                suspended,
                suspendedEpoch,
                suspendedSequence,
                voteVoid,
                orphan);
    }

    DurableState withPromise(long epoch, int candidate) {
        return new DurableState(
                bootCount,
                clusterId,
                self,
                associationKey,
                epoch,
                candidate,
                line,
                prepared,
                sole,
                inSync,
                suspended,
                suspendedEpoch,
                suspendedSequence,
                voteVoid,
                orphan);
    }

    DurableState withLine(Line value) {
        return new DurableState(
                bootCount,
                clusterId,
                self,
                associationKey,
                promisedEpoch,
                promisedTo,
                value,
                prepared,
                sole,
                inSync,
                suspended,
                suspendedEpoch,
                suspendedSequence,
                voteVoid,
                orphan);
    }

    DurableState withPrepared(@Nullable PreparedEntry value) {
        return new DurableState(
                bootCount,
                clusterId,
                self,
                associationKey,
                promisedEpoch,
                promisedTo,
                line,
                value,
                sole,
                inSync,
                suspended,
                suspendedEpoch,
                suspendedSequence,
                voteVoid,
                orphan);
    }

    DurableState withSole(boolean value) {
        return new DurableState(
                bootCount,
                clusterId,
                self,
                associationKey,
                promisedEpoch,
                promisedTo,
                line,
                prepared,
                value,
                inSync,
                suspended,
                suspendedEpoch,
                suspendedSequence,
                voteVoid,
                orphan);
    }

    DurableState withInSync(boolean value) {
        return new DurableState(
                bootCount,
                clusterId,
                self,
                associationKey,
                promisedEpoch,
                promisedTo,
                line,
                prepared,
                sole,
                value,
                suspended,
                suspendedEpoch,
                suspendedSequence,
                voteVoid,
                orphan);
    }

    DurableState withSuspended(DeviceSet devices, long epoch, long sequence) {
        return new DurableState(
                bootCount,
                clusterId,
                self,
                associationKey,
                promisedEpoch,
                promisedTo,
                line,
                prepared,
                sole,
                inSync,
                devices,
                epoch,
                sequence,
                voteVoid,
                orphan);
    }

    DurableState withVoteVoid(boolean value) {
        return new DurableState(
                bootCount,
                clusterId,
                self,
                associationKey,
                promisedEpoch,
                promisedTo,
                line,
                prepared,
                sole,
                inSync,
                suspended,
                suspendedEpoch,
                suspendedSequence,
                value,
                orphan);
    }

    DurableState withOrphan(@Nullable Revision value) {
        return new DurableState(
                bootCount,
                clusterId,
                self,
                associationKey,
                promisedEpoch,
                promisedTo,
                line,
                prepared,
                sole,
                inSync,
                suspended,
                suspendedEpoch,
                suspendedSequence,
                voteVoid,
                value);
    }

    @Override
    public String toString() {
        return "DurableState[self=" + self + ", promised=" + promisedEpoch + "/" + promisedTo + ", number=" + number()
                + ", voters=" + voters() + ", sole=" + sole + ", inSync=" + inSync + ", suspended=" + suspended + "]";
    }
}
