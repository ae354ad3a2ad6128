package net.testudo.element.flow;

import java.util.List;

/// Classes of run-time data besides flows that travel in the same streams (SYN-02).
///
/// @param reportSources owner to master, at the owner
/// @param reportSinks owner to master, at the master
/// @param copySources master to backup master, at the master
/// @param copySinks master to backup master, at the backup
public record SyncClasses(
        List<SyncSource> reportSources,
        List<SyncSink> reportSinks,
        List<SyncSource> copySources,
        List<SyncSink> copySinks) {
    /// Flows only.
    public static final SyncClasses NONE = new SyncClasses(List.of(), List.of(), List.of(), List.of());
}
