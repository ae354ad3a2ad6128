package net.testudo.lab.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who acts as master on the wire of one data network: who says in ARP that it has the cluster's address, or sends from
/// the virtual MAC address. Frames come in the order of their times.
final class MasterWatch {
    private final String network;
    private final int clusterAddress;
    private final List<Change> changes = new ArrayList<>();
    private final Map<Integer, Long> signs = new HashMap<>();
    private long virtualMac;
    private int device;
    private long lastNs;

    /// Another device acts as master now.
    ///
    /// @param network on which it was seen
    /// @param from who acted before, 0 if nobody did
    /// @param to who acts now
    /// @param lastNs when `from` was last seen to act, since 1970
    /// @param firstNs when `to` was first seen to act, since 1970
    record Change(String network, int from, int to, long lastNs, long firstNs) {
        @Override
        public String toString() {
            return "%s: %d -> %d, %.3f ms after its last sign, at %d.%09d"
                    .formatted(
                            network,
                            from,
                            to,
                            (firstNs - lastNs) / 1e6,
                            firstNs / 1_000_000_000,
                            firstNs % 1_000_000_000);
        }
    }

    /// @param network for messages
    /// @param clusterAddress IPv4 address of the cluster there
    MasterWatch(String network, int clusterAddress) {
        this.network = network;
        this.clusterAddress = clusterAddress;
    }

    /// A device has sent a frame.
    void onFrame(int sender, long timeNs, WireFrame frame) {
        if (frame.arpSender() == clusterAddress) {
            // Whoever announces the address shows the virtual MAC address; it never changes.
            virtualMac = frame.sourceMac();
        } else if (virtualMac == 0 || frame.sourceMac() != virtualMac) {
            return;
        }
        signs.merge(sender, 1L, Long::sum);
        if (sender != device) {
            changes.add(new Change(network, device, sender, lastNs, timeNs));
            device = sender;
        }
        lastNs = timeNs;
    }

    /// Who acted last, 0 if nobody ever did.
    int device() {
        return device;
    }

    /// When it was last seen to act, since 1970.
    long lastNs() {
        return lastNs;
    }

    /// Signs of all devices so far.
    long signs() {
        return signs.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The changes since the last call, in order.
    List<Change> takeChanges() {
        List<Change> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }
}
