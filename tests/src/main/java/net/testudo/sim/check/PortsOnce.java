package net.testudo.sim.check;

import java.util.HashMap;
import java.util.Map;
import net.testudo.element.flow.FlowRecord;
import net.testudo.element.flow.FlowStatus;
import net.testudo.element.flow.FlowTable;
import net.testudo.element.net.FlowKey;
import net.testudo.element.resource.PortLeases;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;

/// No translated port belongs to two devices, or to two flows, at one moment; and while a device carries a flow, the
/// master does not lend out the port that the flow has.
public final class PortsOnce implements Observer {
    private static final long EACH_NS = 5_000_000L;

    private record Port(int protocol, int address, int number) {}

    private final SimWorld world;
    private final Map<Port, SimDevice> holders = new HashMap<>();
    private long checkedNs;

    /// Watches all devices of `world`.
    public PortsOnce(SimWorld world) {
        this.world = world;
    }

    @Override
    public void onTurn(SimDevice device, int work) {
        if (world.queue().nowNs() - checkedNs < EACH_NS) {
            return;
        }
        checkedNs = world.queue().nowNs();
        holders.clear();
        for (SimDevice owner : world.devices()) {
            FlowTable table = owner.carriedFlows();
            for (int slot = 0; table != null && slot < table.highWater(); slot++) {
                boolean translated = table.isUsed(slot)
                        && table.status(slot) != FlowStatus.ENDED
                        && (table.flags(slot) & FlowRecord.SOURCE_NAT) != 0;
                if (translated) {
                    check(owner, table.get(slot));
                }
            }
        }
    }

    private void check(SimDevice owner, FlowRecord flow) {
        FlowKey key = flow.reverse().key();
        Port port = new Port(key.protocol(), key.destination().bits(), key.destinationPort());
        SimDevice other = holders.put(port, owner);
        if (other != null) {
            throw new Violation("ports-once", other + " and " + owner + " both carry a flow with the port of " + flow);
        }
        for (SimDevice master : world.devices()) {
            PortLeases leases = master.portLeases();
            if (leases != null && !leases.isUsed(port.address, port.number)) {
                throw new Violation("ports-once", master + " lends out the port of " + flow + " carried by " + owner);
            }
        }
    }
}
