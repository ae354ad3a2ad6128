package net.testudo.element.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What holds in a [FlowCluster] after every step.
final class FlowInvariants {
    private FlowInvariants() {}

    /// The invariants: one owner per key in either direction, mappings never change, no translated port twice.
    static void check(FlowCluster cluster) {
        Map<DirectionKey, Integer> seen = new LinkedHashMap<>();
        for (int d = 1; d < cluster.devices.length; d++) {
            FlowCluster.Device device = cluster.devices[d];
            if (!device.up || !device.leased()) {
                continue;
            }
            FlowTable table = device.node.owner().table();
            for (int slot = 0; slot < table.highWater(); slot++) {
                if (!table.isUsed(slot) || table.status(slot) != FlowStatus.OWNED) {
                    continue;
                }
                DirectionKey forward = table.key(slot, 0);
                DirectionKey reverse = table.key(slot, 1);
                if (device.node.owner().find(forward.addresses(), forward.ports(), cluster.now) < 0) {
                    continue;
                }
                Integer other = seen.put(reverse, d);
                if (other != null) {
                    throw new AssertionError("devices " + other + " and " + d + " both forward " + reverse);
                }
                DirectionKey known = cluster.mappings.putIfAbsent(table.id(slot), reverse);
                if (known != null && !known.equals(reverse)) {
                    throw new AssertionError("mapping of flow " + table.id(slot) + " changed to " + reverse);
                }
            }
        }
    }

    /// Devices that would forward packets of this flow now.
    static List<Integer> owners(FlowCluster cluster, DirectionKey key) {
        List<Integer> owners = new ArrayList<>();
        for (int d = 1; d < cluster.devices.length; d++) {
            FlowCluster.Device device = cluster.devices[d];
            if (device.up && device.node.owner().find(key.addresses(), key.ports(), cluster.now) >= 0) {
                owners.add(d);
            }
        }
        return owners;
    }
}
