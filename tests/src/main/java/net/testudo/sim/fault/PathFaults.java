package net.testudo.sim.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.testudo.sim.world.Links;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimHost;
import net.testudo.sim.world.SimNetwork;
import net.testudo.sim.world.SimPort;
import net.testudo.sim.world.SimWorld;

/// Faults of the paths between devices and hosts. Each is tried; where the guard objects it is taken back.
final class PathFaults {
    private final SimWorld world;
    private final RandomGenerator random;
    private final SeparationGuard guard;

    PathFaults(SimWorld world, RandomGenerator random, SeparationGuard guard) {
        this.world = world;
        this.random = random;
        this.guard = guard;
    }

    /// Cuts the path from one device to another on one network or on all, in one direction or in both.
    boolean cutPath() {
        SimDevice from = anyDevice();
        SimDevice to = anyDevice();
        if (from == to) {
            return false;
        }
        boolean everywhere = random.nextInt(4) == 0;
        boolean both = random.nextInt(3) == 0;
        SimNetwork one = anyNetwork();
        return attempt(
                "cut " + (everywhere ? "all paths" : one.name()) + " " + from + (both ? " <-> " : " -> ") + to,
                () -> world.networks().stream()
                        .filter(n -> everywhere || n == one)
                        .forEach(network -> {
                            network.links().setCut(port(from, network), port(to, network), true);
                            if (both) {
                                network.links().setCut(port(to, network), port(from, network), true);
                            }
                        }));
    }

    /// Takes one device off the cluster network, and often off the data networks or their witnesses too.
    boolean isolate() {
        SimDevice device = anyDevice();
        boolean unplugged = random.nextBoolean();
        int data = random.nextInt(4);
        String how = switch (data) {
            case 0, 1 -> "";
            case 2 -> ", data ports unplugged";
            default -> ", data networks cut";
        };
        return attempt("isolate " + device + (unplugged ? " (unplugged)" : " (cut)") + how, () -> {
            if (unplugged) {
                world.cluster().links().setCarrier(device.clusterPort().attachment(), false);
            } else {
                split(world.cluster(), List.of(device));
            }
            for (SimNetwork network : world.dataNetworks()) {
                if (data == 2) {
                    network.links().setCarrier(port(device, network), false);
                } else if (data == 3) {
                    split(network, List.of(device));
                }
            }
        });
    }

    /// Splits the devices in two on the cluster network; the data networks split too, or stay whole. The witnesses
    /// stay with the devices that are not in the part.
    boolean partition() {
        List<SimDevice> part = new ArrayList<>();
        for (SimDevice device : world.devices()) {
            if (random.nextBoolean()) {
                part.add(device);
            }
        }
        int data = random.nextInt(4);
        return attempt("partition " + part + " from the rest, data networks split: " + data, () -> {
            split(world.cluster(), part);
            if (data > 0) {
                split(world.dataNetworks().getFirst(), part);
            }
            if (data > 1) {
                split(world.dataNetworks().getLast(), part);
            }
        });
    }

    /// Unplugs one cable, or plugs it in again.
    boolean togglePlug() {
        SimDevice device = anyDevice();
        SimNetwork network = anyNetwork();
        boolean carrier = network.links().carrier(port(device, network));
        return attempt(
                (carrier ? "unplug " : "plug ") + network.name() + " of " + device,
                () -> network.links().setCarrier(port(device, network), !carrier));
    }

    /// Switches a witness off or on.
    boolean toggleWitness() {
        SimHost witness = world.witnesses().get(random.nextInt(world.witnesses().size()));
        Links links = witness.network().links();
        boolean carrier = links.carrier(witness.attachment());
        return attempt(
                "witness on " + witness.network().name() + (carrier ? " off" : " on"),
                () -> links.setCarrier(witness.attachment(), !carrier));
    }

    /// Heals all networks.
    boolean healAll() {
        return attempt("heal all networks", world::healPaths);
    }

    /// Heals one network.
    boolean healOne() {
        SimNetwork network = anyNetwork();
        return attempt("heal " + network.name(), () -> network.links().heal());
    }

    private boolean attempt(String what, Runnable change) {
        List<Links> before =
                world.networks().stream().map(n -> n.links().copy()).toList();
        change.run();
        if (!guard.permits()) {
            for (int i = 0; i < before.size(); i++) {
                world.networks().get(i).links().takeFrom(before.get(i));
            }
            return false;
        }
        guard.accept();
        world.fault(what);
        return true;
    }

    private void split(SimNetwork network, List<SimDevice> part) {
        for (SimDevice inside : part) {
            for (SimDevice outside : world.devices()) {
                if (!part.contains(outside)) {
                    network.links().setCutBoth(port(inside, network), port(outside, network), true);
                }
            }
            for (SimHost witness : world.witnesses()) {
                if (witness.network() == network) {
                    network.links().setCutBoth(port(inside, network), witness.attachment(), true);
                }
            }
        }
    }

    private int port(SimDevice device, SimNetwork network) {
        if (network == world.cluster()) {
            return device.clusterPort().attachment();
        }
        return device.dataPorts().stream()
                .filter(p -> p.network() == network)
                .findFirst()
                .map(SimPort::attachment)
                .orElseThrow();
    }

    private SimDevice anyDevice() {
        return world.devices().get(random.nextInt(world.devices().size()));
    }

    private SimNetwork anyNetwork() {
        return random.nextBoolean()
                ? world.cluster()
                : world.dataNetworks().get(random.nextInt(world.dataNetworks().size()));
    }
}
