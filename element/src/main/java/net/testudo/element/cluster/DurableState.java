package net.testudo.element.cluster;

import java.util.function.Consumer;
import net.testudo.element.cluster.history.ContentArchive;
import net.testudo.element.cluster.history.OrphanList;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PreparedEntry;
import org.jspecify.annotations.Nullable;

/// What a device must not forget over a restart. Written as a whole before anything that rests on it is said.
///
/// @param bootCount number of starts of this device
/// @param clusterId UUID of the cluster, empty if unconfigured
/// @param self number of this device in the cluster, 0 if unconfigured
/// @param privateKey by which this device proves itself to the others, 64 hexadecimal digits, empty if unconfigured;
///     secret
/// @param promisedEpoch the highest epoch promised
/// @param promisedTo the candidate it was promised to
/// @param line the decided revisions, null if unconfigured
/// @param archive the contents of older revisions; follows the line
/// @param prepared the undecided entry, if any
/// @param sole this device went on alone and is the authority of a pair
/// @param inSync this device of a pair holds all that its peer holds, so that it may go on alone
/// @param suspended the suspensions stored for the master
/// @param suspendedEpoch of that order
/// @param suspendedSequence of that order
/// @param voteVoid the image is older than what was promised: no vote until the vote was taken away and given anew
/// @param orphans decided revisions that the cluster's line does not hold, kept for the operator
record DurableState(
        long bootCount,
        String clusterId,
        int self,
        String privateKey,
        long promisedEpoch,
        int promisedTo,
        @Nullable Line line,
        ContentArchive archive,
        @Nullable PreparedEntry prepared,
        boolean sole,
        boolean inSync,
        DeviceSet suspended,
        long suspendedEpoch,
        long suspendedSequence,
        boolean voteVoid,
        OrphanList orphans) {

    static DurableState unconfigured(long bootCount) {
        return new DurableState(
                bootCount,
                "",
                0,
                "",
                0,
                0,
                null,
                ContentArchive.EMPTY,
                null,
                false,
                false,
                DeviceSet.NONE,
                0,
                0,
                false,
                OrphanList.EMPTY);
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
                && entry.revision().header().decidesLike(decided.newest().header());
        return same ? null : entry;
    }

    DurableState withBootCount(long value) {
        return edited(edit -> edit.bootCount = value);
    }

    DurableState withIdentity(String cluster, int number, String key) {
        return edited(edit -> {
            edit.clusterId = cluster;
            edit.self = number;
            edit.privateKey = key;
        });
    }

    DurableState withPromise(long epoch, int candidate) {
        return edited(edit -> {
            edit.promisedEpoch = epoch;
            edit.promisedTo = candidate;
        });
    }

    DurableState withLine(Line value) {
        Line former = line;
        return edited(edit -> {
            edit.line = value;
            edit.archive = former == null ? ContentArchive.EMPTY : archive.following(former, value);
        });
    }

    DurableState withArchive(ContentArchive value) {
        return edited(edit -> edit.archive = value);
    }

    DurableState withPrepared(@Nullable PreparedEntry value) {
        return edited(edit -> edit.prepared = value);
    }

    DurableState withSole(boolean value) {
        return edited(edit -> edit.sole = value);
    }

    DurableState withInSync(boolean value) {
        return edited(edit -> edit.inSync = value);
    }

    DurableState withSuspended(DeviceSet devices, long epoch, long sequence) {
        return edited(edit -> {
            edit.suspended = devices;
            edit.suspendedEpoch = epoch;
            edit.suspendedSequence = sequence;
        });
    }

    DurableState withVoteVoid(boolean value) {
        return edited(edit -> edit.voteVoid = value);
    }

    DurableState withOrphans(OrphanList value) {
        return edited(edit -> edit.orphans = value);
    }

    private DurableState edited(Consumer<Edit> change) {
        Edit edit = new Edit(this);
        change.accept(edit);
        return edit.done();
    }

    /// A copy in the making, so that each change names only what it changes.
    private static final class Edit {
        private long bootCount;
        private String clusterId;
        private int self;
        private String privateKey;
        private long promisedEpoch;
        private int promisedTo;
        private @Nullable Line line;
        private ContentArchive archive;
        private @Nullable PreparedEntry prepared;
        private boolean sole;
        private boolean inSync;
        private DeviceSet suspended;
        private long suspendedEpoch;
        private long suspendedSequence;
        private boolean voteVoid;
        private OrphanList orphans;

        Edit(DurableState state) {
            bootCount = state.bootCount;
            clusterId = state.clusterId;
            self = state.self;
            privateKey = state.privateKey;
            promisedEpoch = state.promisedEpoch;
            promisedTo = state.promisedTo;
            line = state.line;
            archive = state.archive;
            prepared = state.prepared;
            sole = state.sole;
            inSync = state.inSync;
            suspended = state.suspended;
            suspendedEpoch = state.suspendedEpoch;
            suspendedSequence = state.suspendedSequence;
            voteVoid = state.voteVoid;
            orphans = state.orphans;
        }

        DurableState done() {
            return new DurableState(
                    bootCount,
                    clusterId,
                    self,
                    privateKey,
                    promisedEpoch,
                    promisedTo,
                    line,
                    archive,
                    prepared,
                    sole,
                    inSync,
                    suspended,
                    suspendedEpoch,
                    suspendedSequence,
                    voteVoid,
                    orphans);
        }
    }

    @Override
    public String toString() {
        return "DurableState[self=" + self + ", promised=" + promisedEpoch + "/" + promisedTo + ", number=" + number()
                + ", voters=" + voters() + ", sole=" + sole + ", inSync=" + inSync + ", suspended=" + suspended + "]";
    }
}
