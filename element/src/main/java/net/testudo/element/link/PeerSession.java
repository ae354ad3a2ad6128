package net.testudo.element.link;

import net.testudo.element.channel.ReliableStream;
import net.testudo.element.channel.StreamConfig;

/// The streams with one other member, and where it is heard.
final class PeerSession {
    static final long NEVER = Long.MIN_VALUE / 4;

    final int device;
    final ReliableStream control;
    final ReliableStream bulk;
    final long[] heardNs;
    final long[] mac;
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
        return true;
    }

    void heard(int path, long fromMac, long nowNs) {
        heardNs[path] = nowNs;
        mac[path] = fromMac;
    }

    /// The path for a message to this peer: the lowest on which it was heard within `freshNs`, or -1.
    int path(long nowNs, long freshNs) {
        for (int path = 0; path < heardNs.length; path++) {
            if (nowNs - heardNs[path] <= freshNs) {
                return path;
            }
        }
        return -1;
    }
}
