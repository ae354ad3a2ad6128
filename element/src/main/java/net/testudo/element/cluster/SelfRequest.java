package net.testudo.element.cluster;

import net.testudo.element.config.SuccessionConfig;

/// When this device asks to be relieved (FOC-14): its health has been too low for a while; not any more when it has
/// been
/// well as long.
final class SelfRequest {
    private boolean asks;
    private long otherwiseSinceNs = Peer.NEVER;

    /// Whether it asks now.
    boolean update(SuccessionConfig.SelfRequest rules, int health, long nowNs) {
        boolean ill = health < rules.belowHealth();
        if (ill == asks || rules.belowHealth() == 0) {
            asks &= rules.belowHealth() != 0;
            otherwiseSinceNs = Peer.NEVER;
        } else if (otherwiseSinceNs == Peer.NEVER) {
            otherwiseSinceNs = nowNs;
        } else if (nowNs - otherwiseSinceNs >= rules.holdNs()) {
            asks = ill;
            otherwiseSinceNs = Peer.NEVER;
        }
        return asks;
    }
}
