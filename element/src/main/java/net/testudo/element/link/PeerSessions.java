package net.testudo.element.link;

import java.util.List;
import java.util.Objects;
import net.testudo.element.net.DeviceSet;
import org.jspecify.annotations.Nullable;

/// The sessions with the other members, by device number, and what is asked of all of them together.
final class PeerSessions {
    private final @Nullable PeerSession[] peers = new PeerSession[DeviceSet.DEVICE_MAX + 1];

    private DeviceSet known = DeviceSet.NONE;
    private DeviceSet associated = DeviceSet.NONE;

    @Nullable
    PeerSession get(int device) {
        return peers[device];
    }

    /// The session with a member that has one.
    PeerSession at(int device) {
        return Objects.requireNonNull(peers[device]);
    }

    void put(PeerSession peer) {
        peers[peer.device] = peer;
        known = known.with(peer.device);
    }

    /// There is an association with this process of a member that was [#put].
    ///
    /// @param commonVersion the newest one that both speak
    /// @return whether this is another process of the member than before
    boolean open(PeerSession peer, long peerBootId, int commonVersion) {
        associated = associated.with(peer.device);
        return peer.open(peerBootId, commonVersion);
    }

    void remove(int device) {
        peers[device] = null;
        known = known.without(device);
        associated = associated.without(device);
    }

    void clear() {
        java.util.Arrays.fill(peers, null);
        known = DeviceSet.NONE;
        associated = DeviceSet.NONE;
    }

    /// The members with which there is an association.
    DeviceSet associated() {
        return associated;
    }

    /// Those of them that were heard on any path within `spanNs`.
    DeviceSet reachable(long nowNs, long spanNs) {
        DeviceSet reachable = associated;
        for (int d = associated.first(); d != 0; d = associated.next(d)) {
            reachable = at(d).isHeard(nowNs, spanNs) ? reachable : reachable.without(d);
        }
        return reachable;
    }

    /// Who was heard within `spanNs` on one of the paths from `from`, before `to`.
    DeviceSet heard(int from, int to, long nowNs, long spanNs) {
        long heard = 0;
        for (int d = known.first(); d != 0; d = known.next(d)) {
            long[] heardNs = at(d).heardNs;
            for (int path = from; path < to; path++) {
                heard |= nowNs - heardNs[path] <= spanNs ? 1L << d : 0;
            }
        }
        return known.having(heard);
    }

    /// By path, who was heard there within `spanNs`.
    List<DeviceSet> heardOn(int paths, long nowNs, long spanNs) {
        DeviceSet[] heard = new DeviceSet[paths];
        for (int path = 0; path < paths; path++) {
            heard[path] = heard(path, path + 1, nowNs, spanNs);
        }
        return List.of(heard);
    }

    /// Whether an associated member was not heard on the cluster port for `spanNs`, or does not hear this device there.
    boolean isAnySilentOnClusterPort(long nowNs, long spanNs) {
        for (int d = associated.first(); d != 0; d = associated.next(d)) {
            if (!at(d).isOnClusterPort(nowNs, spanNs)) {
                return true;
            }
        }
        return false;
    }

    /// The version in which this device and `device` talk; the first one if there is no session.
    int version(int device) {
        PeerSession peer = peers[device];
        return peer == null ? 1 : peer.version;
    }

    /// The newest version of the messages up to `newest` that all associated members speak.
    int commonVersion(int newest) {
        int version = newest;
        for (int d = associated.first(); d != 0; d = associated.next(d)) {
            version = Math.min(version, at(d).version);
        }
        return version;
    }
}
