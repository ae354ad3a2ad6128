package net.testudo.element.management;

/// What the agent asks of the element. Every request gets exactly one [Answer] with its id.
public sealed interface Request {
    /// Chosen by the agent, unique per session between the two.
    long requestId();

    /// Commit a new configuration. On an unconfigured device this forms a cluster of one (genesis).
    ///
    /// @param commitId chosen by the client or the agent; an `outcome-unknown` commit is looked up by it
    /// @param baseRevision number of the revision the candidate was made from, 0 for none
    /// @param content the whole new configuration
    /// @param author who commits
    record Commit(long requestId, String commitId, long baseRevision, Content content, Author author)
            implements Request {
        /// A commit by nobody who has a name.
        public Commit(long requestId, String commitId, long baseRevision, Content content) {
            this(requestId, commitId, baseRevision, content, Author.NONE);
        }
    }

    /// What became of a commit whose answer was lost or unknown.
    record CommitStatus(long requestId, String commitId) implements Request {}

    /// The content of a decided revision.
    record FetchRevision(long requestId, long number) implements Request {}

    /// The content of a decided revision that the cluster's line does not hold.
    ///
    /// @param device that keeps it
    /// @param hash of the revision, hexadecimal
    record FetchOrphan(long requestId, int device, String hash) implements Request {}

    /// The operator needs an orphan no more: its device drops it.
    ///
    /// @param device that keeps it
    /// @param hash of the revision, hexadecimal
    record DismissOrphan(long requestId, int device, String hash) implements Request {}

    /// What every member works with, compared with the decided revision.
    record CompareMembers(long requestId) implements Request {}

    /// Admit the discovered device with this serial number (JON-01, DSC-13).
    record Join(long requestId, String serial) implements Request {}

    /// Hand over the role of `device` (0: the master) to another (HLT-09, FOC-13, DEF-10).
    ///
    /// @param target who is to lead, once it has all data; 0: the backup master, at once
    /// @param reason for the operator, may be empty
    record Failover(long requestId, int device, int target, String reason) implements Request {}

    /// Serve alone although no majority of the voters is there; the operator vouches that the others are off.
    ///
    /// @param reason for the operator, may be empty
    record FormAlone(long requestId, String reason) implements Request {}

    /// Take a device out of the cluster; an empty serial means this device.
    record Leave(long requestId, String serial) implements Request {}

    /// Replace a device that is off by a discovered one, which gets what the configuration says of the old one.
    ///
    /// @param serial of the old device
    /// @param by serial number of the new one
    record Replace(long requestId, String serial, String by) implements Request {}

    /// Put a member into maintenance: it gives its role and its flows to others and gets none (NON-08, FOC-13).
    ///
    /// @param reason for the operator, may be empty
    record Deactivate(long requestId, String serial, String reason) implements Request {}

    /// Put a member into service again.
    record Activate(long requestId, String serial) implements Request {}

    /// Replace secrets that all members know, by one revision.
    ///
    /// @param hostKey the new SSH host key of the cluster, empty if it stays
    /// @param joinKeys whether the join keys of devices that are no members are deleted
    /// @param author who asked
    record RotateIdentity(long requestId, String hostKey, boolean joinKeys, Author author) implements Request {
        @Override
        public String toString() {
            return "RotateIdentity[requestId=" + requestId + ", joinKeys=" + joinKeys + "]";
        }
    }

    /// No secret has to be replaced because of a device that was taken out.
    ///
    /// @param reason why
    /// @param author who says so
    record WaiveExposure(long requestId, int device, String reason, Author author) implements Request {}

    /// Who holds the lock of running at this device's agent. While somebody does, no device joins by itself, as that
    /// changes running; the rpc `join` is the agent's own business.
    ///
    /// @param holder for the operator; empty if nobody holds it
    record RunningLock(long requestId, String holder) implements Request {}

    /// Forget everything: configuration, keys, cluster. The device is unconfigured afterwards.
    record FactoryReset(long requestId) implements Request {}
}
