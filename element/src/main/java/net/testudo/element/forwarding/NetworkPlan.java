package net.testudo.element.forwarding;

import net.testudo.element.config.ClusterConfig;
import net.testudo.element.policy.Policy;

/// The configuration as the data path needs it.
final class NetworkPlan {
    private final Policy policy;
    private final int[] addresses;
    private final long[] macs;
    private final int localNetwork;

    NetworkPlan(ClusterConfig config, String clusterId) {
        policy = Policy.compile(config);
        int count = config.networks().size();
        addresses = new int[count];
        macs = new long[count];
        for (int i = 0; i < count; i++) {
            addresses[i] = config.networks().get(i).address().address().bits();
            macs[i] = config.networks().get(i).mac(clusterId, i).bits();
        }
        localNetwork = config.networkIndex(config.localNetwork());
    }

    Policy policy() {
        return policy;
    }

    int networks() {
        return macs.length;
    }

    /// The cluster address on a network.
    int address(int network) {
        return addresses[network];
    }

    /// The virtual MAC address on a network.
    long mac(int network) {
        return macs[network];
    }

    /// The network whose cluster address the device's own stack has, or -1.
    int localNetwork() {
        return localNetwork;
    }
}
