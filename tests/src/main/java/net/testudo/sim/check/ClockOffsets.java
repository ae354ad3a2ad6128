package net.testudo.sim.check;

import java.util.HashMap;
import java.util.Map;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.ElementSnapshot.MemberState;
import net.testudo.element.management.MemberClock.Offset;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;
import org.jspecify.annotations.Nullable;

/// How a member's clock stands to the master's is within the uncertainty that is stated with it, whatever the networks
/// do and however the clocks drift (FRM-13).
public final class ClockOffsets implements Observer {
    /// Clocks of whole nanoseconds.
    private static final long ROUNDING_NS = 10;

    private final SimWorld world;
    /// The boot id that a running process published of itself, by the device's number in the world.
    private final Map<Integer, Long> published = new HashMap<>();
    private long compared;

    ClockOffsets(SimWorld world) {
        this.world = world;
    }

    /// How many differences were looked at.
    public long compared() {
        return compared;
    }

    @Override
    public void onStart(SimDevice device) {
        published.remove(device.number());
    }

    @Override
    public void onPublish(SimDevice device, ElementSnapshot snapshot) {
        MemberState own = member(snapshot, snapshot.device());
        if (own == null) {
            published.remove(device.number());
            return;
        }
        published.put(device.number(), own.bootId());
        MemberState master = member(snapshot, snapshot.master());
        SimDevice mastersDevice = master == null ? null : process(master);
        for (MemberState member : snapshot.members()) {
            Offset offset = member.clock().offset();
            SimDevice membersDevice = process(member);
            if (offset != null && mastersDevice != null && membersDevice != null) {
                compare(device, member, offset, membersDevice.runningNs() - mastersDevice.runningNs());
            }
        }
    }

    private void compare(SimDevice device, MemberState member, Offset offset, long trueNs) {
        compared++;
        if (Math.abs(offset.ns() - trueNs) > offset.uncertaintyNs() + ROUNDING_NS) {
            throw new Violation(
                    "clock-offsets",
                    device + " says that the clock of " + member.device() + " is " + offset.ns() + " ns ahead of the "
                            + "master's, within " + offset.uncertaintyNs() + "; it is " + trueNs);
        }
    }

    /// The running process that the snapshot speaks of, or null if that is not running any more.
    private @Nullable SimDevice process(MemberState member) {
        for (SimDevice device : world.devices()) {
            Long bootId = published.get(device.number());
            boolean same = bootId != null && bootId == member.bootId();
            if (same && device.serial().equals(member.serial()) && device.state() != SimDevice.State.OFF) {
                return device;
            }
        }
        return null;
    }

    private static @Nullable MemberState member(ElementSnapshot snapshot, int device) {
        return snapshot.members().stream()
                .filter(m -> m.device() == device)
                .findFirst()
                .orElse(null);
    }
}
