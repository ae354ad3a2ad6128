package net.testudo.sim.fault;

import java.util.random.RandomGenerator;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;
import org.jspecify.annotations.Nullable;

/// Now and then a device loses its power for good: it comes back with an empty disk, or another device stands in its
/// place. [SpareVoters] says when a cluster can afford that.
public final class Damage {
    private static final int APART_DEAD_TIMES = 16;
    private static final int JOIN_DEAD_TIMES = 30;
    private static final int LOOKS = 8;

    private final SimWorld world;
    private final RandomGenerator random;
    private final SpareVoters spare;
    private final long deadNs;
    private boolean active;
    private int count;

    /// @param random its own stream
    /// @param deadNs the longest dead time of the devices
    public Damage(SimWorld world, RandomGenerator random, long deadNs) {
        this.world = world;
        this.random = random;
        this.deadNs = deadNs;
        this.spare = new SpareVoters();
        world.observe(spare);
    }

    /// Begins.
    public void begin() {
        active = true;
        scheduleNext();
    }

    /// Ends: who is whole now stays so.
    public void end() {
        active = false;
    }

    /// How many disks were lost.
    public int count() {
        return count;
    }

    private void later(long delayNs, Runnable what) {
        world.queue().after(delayNs, () -> {
            if (active) {
                what.run();
            }
        });
    }

    private void scheduleNext() {
        later(random.nextLong(APART_DEAD_TIMES * deadNs), () -> {
            strike(world.devices().get(random.nextInt(world.devices().size())));
            scheduleNext();
        });
    }

    private void strike(SimDevice device) {
        if (spare.look(world) == null) {
            return;
        }
        world.fault("crash " + device + ", perhaps for good");
        device.crash();
        int starts = device.starts();
        later(deadNs, () -> await(device, starts, spare.look(world), LOOKS));
    }

    /// Looks again and again whether the device, while it is off, can be spared.
    private void await(SimDevice device, int starts, SpareVoters.@Nullable Look first, int left) {
        later(deadNs, () -> {
            boolean off = device.state() == SimDevice.State.OFF && device.starts() == starts;
            SpareVoters.Look now = spare.look(world);
            if (off && spare.canSpare(device.serial(), first, now)) {
                lose(device);
            } else if (off && left > 0) {
                boolean same = first != null && now != null && first.voters().equals(now.voters());
                await(device, starts, same ? first : now, left - 1);
            }
        });
    }

    private void lose(SimDevice device) {
        count++;
        spare.lost(device.serial());
        boolean exchanged = random.nextBoolean();
        if (exchanged) {
            device.exchange();
        } else {
            device.disk().replaceImage(null);
        }
        world.fault(exchanged ? device + " is replaced by " + device.serial() : "the disk of " + device + " is empty");
        device.disk().setFull(false);
        device.start();
        if (random.nextInt(3) == 0) {
            later(random.nextLong(JOIN_DEAD_TIMES * deadNs), () -> {
                world.fault("crash " + device + ", new as it is");
                device.crash();
            });
        }
    }
}
