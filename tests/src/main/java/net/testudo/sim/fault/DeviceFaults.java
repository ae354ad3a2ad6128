package net.testudo.sim.fault;

import java.util.random.RandomGenerator;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.sim.world.Conditions;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimNetwork;
import net.testudo.sim.world.SimWorld;

/// Faults of the devices themselves, their disks, and of what the networks do to frames.
final class DeviceFaults {
    private static final double SLOW_SHARE_USUAL = 0.01;
    private static final double SLOW_SHARE_BAD = 0.2;
    private static final double SLOW_SHARE_BUSY = 1;
    /// Less than a write takes while all disks are busy.
    private static final long BUSY_NS_MAX = 20_000_000;

    private final SimWorld world;
    private final RandomGenerator random;
    private final long deadNs;
    private boolean active = true;

    DeviceFaults(SimWorld world, RandomGenerator random, long deadNs) {
        this.world = world;
        this.random = random;
        this.deadNs = deadNs;
    }

    /// Kills one device.
    boolean crash() {
        SimDevice device = anyDevice();
        if (device.state() == SimDevice.State.OFF) {
            return false;
        }
        world.fault("crash " + device);
        device.crash();
        return true;
    }

    /// Kills all devices, as a power cut does; in half of the cases while their disks are busy with what one of them
    /// has just begun to write, because that is when most is at stake.
    boolean crashAll() {
        if (random.nextBoolean()) {
            world.fault("crash all devices");
            world.devices().forEach(SimDevice::crash);
            return true;
        }
        SimDevice device = anyDevice();
        long delayNs = random.nextLong(BUSY_NS_MAX);
        world.fault("crash all devices " + delayNs / 1_000 + " us into the next write of " + device);
        device.disk().atNextWrite(() -> {
            setSlowShares(SLOW_SHARE_BUSY);
            world.queue().after(delayNs, this::crashAsAnnounced);
        });
        return true;
    }

    private void crashAsAnnounced() {
        if (active) {
            world.fault("crash all devices, as announced");
            world.devices().forEach(SimDevice::crash);
            setSlowShares(SLOW_SHARE_USUAL);
        }
    }

    private void setSlowShares(double share) {
        world.devices().forEach(device -> device.disk().setSlowShare(share));
    }

    /// What was announced does not happen any more.
    void end() {
        active = false;
        world.devices().forEach(device -> device.disk().atNextWrite(null));
    }

    /// Starts most of the devices that are off, some after their machine was off too.
    boolean restart() {
        boolean any = false;
        for (SimDevice device : world.devices()) {
            if (device.state() == SimDevice.State.OFF && random.nextInt(10) < 7) {
                any = true;
                boolean machine = random.nextInt(4) == 0;
                if (random.nextInt(3) == 0) {
                    install(device);
                }
                world.fault("restart " + device + (machine ? " and its machine" : ""));
                if (machine) {
                    device.startWithClock(FaultPlan.clockOffsetNs(random));
                } else {
                    device.start();
                }
            }
        }
        return any;
    }

    /// Other software: the next version, or the one before.
    private void install(SimDevice device) {
        boolean upgrade = device.versions().newest() < ProtocolVersions.NEWEST;
        world.fault((upgrade ? "upgrade " : "downgrade ") + device);
        device.install(new ProtocolVersions(upgrade ? ProtocolVersions.NEWEST : ProtocolVersions.NEWEST - 1));
    }

    /// Takes the processor away from one device, mostly for less than the dead time, sometimes for several.
    boolean stall() {
        SimDevice device = anyDevice();
        if (device.state() != SimDevice.State.RUNNING) {
            return false;
        }
        double u = random.nextDouble();
        long durationNs = deadNs / 6 + (long) (u * u * 7 * deadNs);
        world.fault("stall " + device + " for " + durationNs / 1_000 + " us");
        device.stall(durationNs);
        return true;
    }

    /// Makes one disk slow, full, or well again.
    boolean disk() {
        SimDevice device = anyDevice();
        int kind = random.nextInt(6);
        boolean full = kind == 0;
        boolean slow = kind == 1 || kind == 2;
        world.fault("disk of " + device + (full ? " full" : slow ? " slow" : " well"));
        device.disk().setFull(full);
        device.disk().setSlowShare(slow ? SLOW_SHARE_BAD : SLOW_SHARE_USUAL);
        return true;
    }

    /// Alters what one device works with.
    boolean alter() {
        SimDevice device = anyDevice();
        AlteredMemory.Part part = random.nextBoolean() ? AlteredMemory.Part.CLUSTER : AlteredMemory.Part.DEVICE;
        world.fault("alter what " + device + " works with, part " + part);
        device.meddle(new AlteredMemory(part), 1);
        return true;
    }

    /// Changes how one network treats frames.
    boolean conditions() {
        SimNetwork network =
                world.networks().get(random.nextInt(world.networks().size()));
        Conditions conditions = switch (random.nextInt(6)) {
            case 0 -> Conditions.LOSSY;
            case 1 -> Conditions.SLOW;
            case 2 -> Conditions.DISORDERED;
            default -> Conditions.USUAL;
        };
        boolean hub = random.nextInt(4) == 0;
        world.fault("network " + network.name() + (hub ? " (hub): " : ": ") + conditions);
        network.setConditions(conditions);
        network.setHub(hub);
        return true;
    }

    private SimDevice anyDevice() {
        return world.devices().get(random.nextInt(world.devices().size()));
    }
}
