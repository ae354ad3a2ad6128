package net.testudo.element.net;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which versions of the cluster protocol the members speak, as this device knows it.
///
/// @param inUse the version of what is sent to all: the newest one that this device and all associated members speak
/// @param spoken by device number: what each said last when it proved who it is, also if it was refused for it
public record MemberVersions(int inUse, SortedMap<Integer, ProtocolVersions> spoken) {
    /// Keeps its own copy.
    public MemberVersions {
        spoken = Collections.unmodifiableSortedMap(new TreeMap<>(spoken));
    }

    /// What is known at the start.
    public static MemberVersions own(ProtocolVersions own) {
        return new MemberVersions(own.newest(), new TreeMap<>());
    }

    /// What `device` speaks, null if unknown.
    public @Nullable ProtocolVersions of(int device) {
        return spoken.get(device);
    }
}
