package net.testudo.sim.fault;

import java.util.List;
import net.testudo.sim.world.Links;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimHost;
import net.testudo.sim.world.SimNetwork;
import net.testudo.sim.world.SimWorld;

/// Leaves out the two documented risks of the pair rule, which no plan may generate: two devices that are totally
/// separated while a witness answers both, and a witness that moves from one side to the other within one
/// separation.
public final class SeparationGuard {
    private final SimWorld world;
    private final List<SimNetwork> paths;
    private final boolean[][] witnessed;

    /// @param paths the networks on which devices hear each other: the cluster's, and data networks with liveness
    public SeparationGuard(SimWorld world, List<SimNetwork> paths) {
        this.world = world;
        this.paths = paths;
        int devices = world.devices().size();
        this.witnessed = new boolean[devices][devices];
    }

    /// Whether the paths as they are now may be left so.
    public boolean permits() {
        int devices = world.devices().size();
        for (int a = 0; a < devices; a++) {
            for (int b = a + 1; b < devices; b++) {
                if (separated(a, b) && (witnessed[a][b] || hasWitness(a)) && (witnessed[b][a] || hasWitness(b))) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Takes note of the paths as they are now: they stay.
    public void accept() {
        int devices = world.devices().size();
        for (int a = 0; a < devices; a++) {
            for (int b = 0; b < devices; b++) {
                witnessed[a][b] = a != b && separated(a, b) && (witnessed[a][b] || hasWitness(a));
            }
        }
    }

    private boolean separated(int a, int b) {
        for (SimNetwork network : paths) {
            Links links = network.links();
            int one = attachment(network, a);
            int other = attachment(network, b);
            if (links.open(one, other) || links.open(other, one)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasWitness(int index) {
        for (SimHost witness : world.witnesses()) {
            Links links = witness.network().links();
            int port = attachment(witness.network(), index);
            if (links.open(port, witness.attachment()) && links.open(witness.attachment(), port)) {
                return true;
            }
        }
        return false;
    }

    private int attachment(SimNetwork network, int index) {
        SimDevice device = world.devices().get(index);
        return network == world.cluster()
                ? device.clusterPort().attachment()
                : device.dataPorts().get(world.dataNetworks().indexOf(network)).attachment();
    }
}
