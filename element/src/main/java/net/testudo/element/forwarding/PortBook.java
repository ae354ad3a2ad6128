package net.testudo.element.forwarding;

import net.testudo.element.flow.FlowObserver;
import net.testudo.element.flow.FlowRecord;
import net.testudo.element.resource.PortLeases;

/// Which translated ports the cluster's flows have (RES-06).
final class PortBook implements FlowObserver {
    private final PortLeases leases;

    PortBook(PortLeases leases) {
        this.leases = leases;
    }

    @Override
    public void onMaster(boolean master) {
        leases.relearn();
    }

    @Override
    public void onFlow(FlowRecord flow) {
        if ((flow.flags() & FlowRecord.SOURCE_NAT) != 0) {
            leases.use(address(flow), port(flow), flow.ownership().owner());
        }
    }

    @Override
    public boolean isFree(FlowRecord flow) {
        return (flow.flags() & FlowRecord.SOURCE_NAT) == 0 || leases.isUntouched(address(flow), port(flow));
    }

    @Override
    public void onFlowEnded(FlowRecord flow, long nowNs) {
        if ((flow.flags() & FlowRecord.SOURCE_NAT) != 0) {
            leases.giveBackOf(address(flow), port(flow));
        }
    }

    private static int address(FlowRecord flow) {
        return flow.reverse().key().destination().bits();
    }

    private static int port(FlowRecord flow) {
        return flow.reverse().key().destinationPort();
    }
}
