package net.testudo.element.link;

import java.util.List;
import net.testudo.element.channel.ReliableStream;
import net.testudo.element.channel.StreamConfig;
import net.testudo.element.net.DeviceSet;

/// The streams with one other member, and where it is heard.
final class PeerSession {
    static final long NEVER = Long.MIN_VALUE / 4;

    final int device;
    final ReliableStream control;
    final ReliableStream bulk;
    final long[] heardNs;
    final long[] mac;
    /// Where this peer hears this device, as it said last; everywhere until it says.
    private final boolean[] hearsUs;

    long bootId;
    /// In which both talk; of this process of the peer.
    int version = 1;

    PeerSession(int device, long ownBootId, int paths, int segmentOctets) {
        this.device = device;
        this.control = new ReliableStream(StreamConfig.control(segmentOctets), ownBootId);
        this.bulk = new ReliableStream(StreamConfig.bulk(segmentOctets), ownBootId);
        this.heardNs = new long[paths];
        this.mac = new long[paths];
        java.util.Arrays.fill(heardNs, NEVER);
        java.util.Arrays.fill(mac, PathSet.GROUP_MAC);
        hearsUs = new boolean[paths];
        java.util.Arrays.fill(hearsUs, true);
    }

    /// @param commonVersion the newest one that both speak
    /// @return whether this is another process of the peer than before
    boolean open(long peerBootId, int commonVersion) {
        if (bootId == peerBootId) {
            return false;
        }
        bootId = peerBootId;
        version = commonVersion;
        control.reset(peerBootId);
        bulk.reset(peerBootId);
        java.util.Arrays.fill(hearsUs, true);
        return true;
    }

    void heard(int path, long fromMac, long nowNs) {
        heardNs[path] = nowNs;
        mac[path] = fromMac;
    }

    /// The peer says where it hears whom.
    ///
    /// @param heardOn by path, empty if it does not say
    /// @param self this device
    void says(List<DeviceSet> heardOn, int self) {
        for (int path = 0; path < hearsUs.length; path++) {
            hearsUs[path] = path >= heardOn.size() || heardOn.get(path).contains(self);
        }
    }

    /// Whether the peer was heard on the cluster port within `spanNs`, and says the same of this device.
    boolean isOnClusterPort(long nowNs, long spanNs) {
        return nowNs - heardNs[0] <= spanNs && hearsUs[0];
    }

    /// Whether the peer was heard on any path within `freshNs`.
    boolean isHeard(long nowNs, long freshNs) {
        for (long heard : heardNs) {
            if (nowNs - heard <= freshNs) {
                return true;
            }
        }
        return false;
    }

    /// The path for a message to this peer: the lowest on which it was heard within `freshNs` and says that it hears
    /// this device, since a path may be cut in one direction; or -1.
    int path(long nowNs, long freshNs) {
        for (int path = 0; path < heardNs.length; path++) {
            if (nowNs - heardNs[path] <= freshNs && hearsUs[path]) {
                return path;
            }
        }
        return -1;
    }
}
