package net.testudo.sim.fault;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Role;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.sim.world.Links;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimPort;
import net.testudo.sim.world.SimWorld;

/// One fault of one device in an otherwise calm world: what the hosts must not notice.
///
/// @param kind what happens
/// @param device to which
/// @param role what the device was
public record SingleFault(Kind kind, SimDevice device, Role role) {
    private static final long MS = 1_000_000L;

    /// What may happen to one device.
    public enum Kind {
        /// Its process dies, its links stay up.
        KILL(1_500 * MS, false),
        /// Its process dies, all its links go down.
        POWER_LOSS(1_500 * MS, false),
        /// Its process gets no processor time, then goes on.
        STALL(5_000 * MS, false),
        /// Its cluster port loses carrier, and gets it back.
        UNPLUG_CLUSTER(4_000 * MS, false),
        /// Its cluster port reaches nobody and is reached by nobody, with carrier; then it is whole again.
        CUT_CLUSTER(4_000 * MS, false),
        /// Its cluster port reaches nobody, and is reached.
        CUT_FROM_CLUSTER_PORT(4_000 * MS, true),
        /// Its cluster port is reached by nobody, and reaches all.
        CUT_TO_CLUSTER_PORT(4_000 * MS, true);

        private final long durationNs;
        /// Only devices that say where they hear whom can go around it (version 2 of the protocol).
        private final boolean oneWay;

        Kind(long durationNs, boolean oneWay) {
            this.durationNs = durationNs;
            this.oneWay = oneWay;
        }
    }

    /// Any fault: as often to the master, to its backup and to one of the others.
    public static SingleFault any(SimWorld world, RandomGenerator random) {
        boolean allNewest = world.devices().stream().allMatch(d -> d.versions().newest() == ProtocolVersions.NEWEST);
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind -> allNewest || !kind.oneWay)
                .toList();
        Kind kind = kinds.get(random.nextInt(kinds.size()));
        Role wanted = List.of(Role.MASTER, Role.BACKUP_MASTER, Role.ACTIVE).get(random.nextInt(3));
        List<SimDevice> candidates =
                world.devices().stream().filter(d -> role(d) == wanted).toList();
        SimDevice device = candidates.isEmpty()
                ? world.devices().get(random.nextInt(world.devices().size()))
                : candidates.get(random.nextInt(candidates.size()));
        return new SingleFault(kind, device, role(device));
    }

    private static Role role(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        return snapshot == null ? Role.FAILED : snapshot.role();
    }

    /// How long it lasts, in simulated time.
    public long durationNs() {
        return kind.durationNs;
    }

    /// Lets it happen.
    public void begin(SimWorld world) {
        world.fault(this + " begins");
        switch (kind) {
            case KILL -> device.crash();
            case POWER_LOSS -> {
                device.crash();
                setCarrier(false);
            }
            case STALL -> device.stall();
            case UNPLUG_CLUSTER -> links().setCarrier(device.clusterPort().attachment(), false);
            case CUT_CLUSTER -> cut(world, true, true);
            case CUT_FROM_CLUSTER_PORT -> cut(world, true, false);
            case CUT_TO_CLUSTER_PORT -> cut(world, false, true);
        }
    }

    private void cut(SimWorld world, boolean from, boolean to) {
        int own = device.clusterPort().attachment();
        for (SimDevice other : world.devices()) {
            if (other != device) {
                int far = other.clusterPort().attachment();
                links().setCut(own, far, from);
                links().setCut(far, own, to);
            }
        }
    }

    /// Repairs it.
    public void end(SimWorld world) {
        world.fault(this + " ends");
        setCarrier(true);
        world.cluster().links().heal();
        device.resume();
        device.start();
    }

    private void setCarrier(boolean carrier) {
        for (SimPort port : device.dataPorts()) {
            port.network().links().setCarrier(port.attachment(), carrier);
        }
        links().setCarrier(device.clusterPort().attachment(), carrier);
    }

    private Links links() {
        return device.clusterPort().network().links();
    }

    /// What happens to which kind of device.
    public String name() {
        return kind + " of " + role;
    }

    @Override
    public String toString() {
        return name() + " (" + device + ")";
    }
}
