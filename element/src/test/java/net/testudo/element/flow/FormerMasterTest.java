package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// What a device that led still knows of the flows.
class FormerMasterTest {
    private final FlowCluster cluster = new FlowCluster(1, 3);
    private final ManyFlows flows = new ManyFlows(cluster);

    /// Found by the simulator: a former master remembered the port of a connection whose owner it had never heard of
    /// again, and which had been opened elsewhere since.
    @Test
    void whatNobodyWasKnownToCarryIsForgottenWithTheRole() {
        cluster.form();
        flows.openMany(3);
        int known = cluster.devices[1].node.master().table().size();
        cluster.disconnect(1, 2);
        cluster.disconnect(1, 3);
        for (int i = 0; i < 6; i++) {
            cluster.open();
        }
        int unconfirmed = cluster.devices[1].node.master().table().size() - known;
        assertTrue(unconfirmed > 0);
        int own = cluster.devices[1].node.owner().carried();
        cluster.lead(2);
        cluster.follow(cluster.devices[1]);
        cluster.devices[1].node.doWork(cluster.now);
        assertEquals(
                known + own - 1,
                cluster.devices[1].node.master().table().size(),
                "one of the three was its own before");
    }
}
