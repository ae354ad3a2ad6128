package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Many flows of a [FlowCluster] of three devices, and what has to hold of all of them.
final class ManyFlows {
    private final FlowCluster cluster;

    ManyFlows(FlowCluster cluster) {
        this.cluster = cluster;
    }

    /// Opens flows, and lets the cluster come to rest.
    ///
    /// @return their ids
    List<Long> openMany(int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(cluster.open());
            if (i % 8 == 7) {
                cluster.settle();
            }
        }
        cluster.settle();
        return ids;
    }

    /// How many flows the devices that run carry.
    int totalCarried() {
        int carried = 0;
        for (int d = 1; d <= 3; d++) {
            carried += cluster.devices[d].up ? cluster.devices[d].node.owner().carried() : 0;
        }
        return carried;
    }

    /// Each of these flows has one owner.
    void assertAllOwnedOnce(List<Long> ids) {
        for (long id : ids) {
            assertEquals(
                    1,
                    FlowInvariants.owners(cluster, Objects.requireNonNull(cluster.mappings.get(id)))
                            .size(),
                    "owners of " + id);
        }
    }

    /// No device knows of any flow.
    void assertEmpty() {
        for (int d = 1; d <= 3; d++) {
            assertEquals(0, cluster.devices[d].node.owner().table().size());
            assertEquals(0, cluster.devices[d].node.master().table().size());
            assertEquals(0, cluster.devices[d].portsInUse.size());
        }
    }
}
