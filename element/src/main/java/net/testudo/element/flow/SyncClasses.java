package net.testudo.element.flow;

import java.util.List;

/// Classes of run-time data besides flows that travel from the master to the backup master in the same stream (SYN-02).
///
/// @param sources at the master
/// @param sinks at the backup master
public record SyncClasses(List<SyncSource> sources, List<SyncSink> sinks) {
    /// Flows only.
    public static final SyncClasses NONE = new SyncClasses(List.of(), List.of());
}
