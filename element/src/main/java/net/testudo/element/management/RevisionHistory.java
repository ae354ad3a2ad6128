package net.testudo.element.management;

import java.util.List;
import net.testudo.element.net.DeviceSet;

/// The decided revisions that a device can tell of.
///
/// @param decided the newest ones, newest first
/// @param orphans those that the cluster's line does not hold
public record RevisionHistory(List<Entry> decided, List<Orphan> orphans) {
    /// There is none.
    public static final RevisionHistory EMPTY = new RevisionHistory(List.of(), List.of());

    /// Keeps its own copies of the lists.
    public RevisionHistory {
        decided = List.copyOf(decided);
        orphans = List.copyOf(orphans);
    }

    /// A decided revision that the cluster's line does not hold.
    ///
    /// @param device that keeps it
    /// @param revision what is known of it
    /// @param instead hash of the revision that the line has under this number, hexadecimal; empty if unknown
    /// @param keptMs when it was found not to be on the line, by the wall clock of its device; 0 if unknown
    public record Orphan(int device, Entry revision, String instead, long keptMs) {}

    /// A decided revision.
    ///
    /// @param number of the revision
    /// @param hash of it, hexadecimal
    /// @param parent hash of the revision before it, hexadecimal
    /// @param commitId of the commit that made it, empty if the cluster made it itself
    /// @param atMs when it was proposed, by the wall clock of the master (Unix time, ms); 0 if unknown
    /// @param author who committed it
    /// @param voters the devices that have a vote from it on
    /// @param size of its content in characters, secrets included; -1 if the device does not hold the content
    public record Entry(
            long number,
            String hash,
            String parent,
            String commitId,
            long atMs,
            Author author,
            DeviceSet voters,
            long size) {}
}
