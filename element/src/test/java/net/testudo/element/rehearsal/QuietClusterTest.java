package net.testudo.element.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// What a cluster does while nothing happens to it.
class QuietClusterTest {
    /// A write is an fsync: one every 20 ms wears the disk out and holds up those that matter.
    @Test
    void nothingIsWrittenWhileNothingIsDecided() {
        FuzzedCluster cluster = new FuzzedCluster(1);
        cluster.form();
        cluster.rename("quiet");
        cluster.carry(500);
        assertTrue(cluster.isWhole("quiet"), cluster::standing);
        String before = cluster.standing();
        cluster.carry(1_000);
        assertEquals(before, cluster.standing());
    }
}
