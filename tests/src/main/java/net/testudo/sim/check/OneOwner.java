package net.testudo.sim.check;

import java.util.HashMap;
import java.util.Map;
import net.testudo.element.flow.FlowStatus;
import net.testudo.element.flow.FlowTable;
import net.testudo.sim.world.Frames;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimPort;
import net.testudo.sim.world.SimWorld;

/// No two devices carry one flow at one moment: whenever a device forwarded something, or carries more flows than
/// before, the flows of all devices that hold a lease are compared, also of those that are stalled.
public final class OneOwner implements Observer {
    private final SimWorld world;
    private final Map<Long, SimDevice> owners = new HashMap<>();
    private final Map<SimDevice, Integer> carried = new HashMap<>();
    private boolean forwarded;

    /// Watches all devices of `world`.
    public OneOwner(SimWorld world) {
        this.world = world;
    }

    @Override
    public void onSend(SimDevice device, SimPort port, byte[] frame) {
        forwarded |= port != device.clusterPort() && Frames.etherType(frame) == Frames.IPV4;
    }

    @Override
    public void onTurn(SimDevice device, int work) {
        FlowTable table = device.carriedFlows();
        int now = table == null ? 0 : table.size();
        Integer before = carried.put(device, now);
        if (forwarded || before == null || now > before) {
            forwarded = false;
            compare();
        }
    }

    private void compare() {
        owners.clear();
        for (SimDevice device : world.devices()) {
            FlowTable table = device.carriedFlows();
            for (int slot = 0; table != null && slot < table.highWater(); slot++) {
                if (table.isUsed(slot) && table.status(slot) != FlowStatus.ENDED) {
                    SimDevice other = owners.put(table.id(slot), device);
                    if (other != null) {
                        throw new Violation("one-owner", other + " and " + device + " carry " + table.get(slot));
                    }
                }
            }
        }
    }
}
