package net.testudo.element.rehearsal;

import net.testudo.element.port.EntropySource;

/// Runs the rehearsal.
public final class EngineRehearsal {
    private static final int CUTS = 5;
    private static final int COMMITS = 4;

    private EngineRehearsal() {}

    /// Forms, takes large configurations, carries flows, also while the cluster network is cut again and again, takes
    /// over, carries on.
    ///
    /// @param steps how many milliseconds of imaginary time flows are carried
    /// @return how many datagrams were carried; a rehearsal that carried none shows that something is wrong
    public static long run(EntropySource entropy, int steps) {
        RehearsedCluster cluster = new RehearsedCluster(entropy);
        cluster.form();
        cluster.reconfigure(COMMITS);
        for (int i = 0; i < 2 * CUTS; i++) {
            cluster.cut(i % 2 == 1);
            cluster.carry(steps / (4 * CUTS));
        }
        cluster.cut(false);
        cluster.endMaster();
        cluster.carry(steps / 2);
        return cluster.answered();
    }
}
