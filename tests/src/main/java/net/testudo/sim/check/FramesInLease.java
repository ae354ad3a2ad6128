package net.testudo.sim.check;

import net.testudo.sim.world.Frames;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimPort;

/// Nothing leaves a data port outside the device's serving lease but the cluster's own frames and witness probes;
/// ARP that names the cluster address, and any frame from another source than the port's own MAC, only from the
/// master within its lease.
public final class FramesInLease implements Observer {
    private static final int CLUSTER = 0x88b5;
    private static final int SEALED = 0x88e5;

    @Override
    public void onSend(SimDevice device, SimPort port, byte[] frame) {
        int etherType = Frames.etherType(frame);
        boolean ownSource = Frames.source(frame) == port.mac().bits();
        if (port == device.clusterPort() || (ownSource && (etherType == CLUSTER || etherType == SEALED))) {
            return;
        }
        if (ownSource && isProbe(frame)) {
            return;
        }
        boolean forMasterOnly = !ownSource || Frames.isArp(frame);
        if (forMasterOnly ? !device.masterServing() : !device.memberServing()) {
            throw new Violation(
                    "frames-in-lease",
                    device + " sent a frame of type 0x" + Integer.toHexString(etherType) + " on " + port.name()
                            + " without a lease" + (forMasterOnly ? " as master" : ""));
        }
    }

    private static boolean isProbe(byte[] frame) {
        return Frames.isArp(frame) && Frames.arpOperation(frame) == 1 && Frames.arpSender(frame) == 0;
    }
}
