package net.testudo.element.resource;

import net.testudo.element.flow.SyncSink;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OctetReader;

/// Takes the master's leases at the backup master.
public final class LeaseCopy implements SyncSink {
    private final PortLeases leases;

    /// A copy kept in `leases`.
    public LeaseCopy(PortLeases leases) {
        this.leases = leases;
    }

    @Override
    public void begin(int from, long stream) {
        leases.forget();
    }

    @Override
    public Taken apply(int from, OctetReader record, long nowNs) {
        int address = record.u32();
        int first = record.u16();
        int last = record.u16();
        int holder = record.u8();
        int state = record.u8();
        if (!record.complete() || first > last || holder > DeviceSet.DEVICE_MAX || !LeaseState.isCode(state)) {
            return Taken.MALFORMED;
        }
        leases.learn(address, first, last, holder, LeaseState.of(state));
        return Taken.TAKEN;
    }

    @Override
    public void complete(int from, long stream, long nowNs) {
        // Leases hold as far as they are known; a takeover in the middle of a transfer goes by the flows.
    }
}
