package net.testudo.element.cluster;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.config.IdentityConfig;
import net.testudo.element.config.IdentityConfig.Settled;
import net.testudo.element.wire.cluster.DeviceKey;
import net.testudo.element.wire.cluster.RevisionHeader;

/// Which devices know the cluster's secrets and are no part of it any more: those whose key was revoked, unless it is
/// settled. It follows from the newest decided revision alone, so that every device, and every later master, knows it.
final class Exposure {
    private static final int MARK_DIGITS = 16;

    private Exposure() {}

    /// The exposures of a revision.
    ///
    /// @param identity what its content says is settled
    /// @return by device number, the mark of the key with which the device was admitted
    static SortedMap<Integer, String> of(RevisionHeader header, IdentityConfig identity) {
        SortedMap<Integer, String> exposed = new TreeMap<>();
        for (Map.Entry<Integer, DeviceKey> entry : header.keys().entrySet()) {
            String mark = mark(entry.getValue());
            Settled settled = identity.settled().get(entry.getKey());
            boolean open = settled == null || !settled.deviceKey().equals(mark);
            if (entry.getValue().revoked() && open) {
                exposed.put(entry.getKey(), mark);
            }
        }
        return exposed;
    }

    /// Tells the admissions of one device apart: each has a key of its own.
    static String mark(DeviceKey key) {
        return key.publicKey().hex().substring(0, MARK_DIGITS);
    }
}
