package net.testudo.sim.check;

import net.testudo.element.management.ElementSnapshot;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;

/// No two devices may answer for the cluster addresses at one moment, whatever their clocks say; a device that is
/// stalled counts while its lease runs.
public final class OneMaster implements Observer {
    private final SimWorld world;

    /// Watches all devices of `world`.
    public OneMaster(SimWorld world) {
        this.world = world;
    }

    @Override
    public void onTurn(SimDevice device, int work) {
        if (!device.masterServing()) {
            return;
        }
        for (SimDevice other : world.devices()) {
            if (other != device && other.masterServing()) {
                throw new Violation("one-master", describe(device) + " and " + describe(other) + " serve as master");
            }
        }
    }

    private static String describe(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        return snapshot == null
                ? device.toString()
                : device + " (epoch " + snapshot.epoch() + (snapshot.unwitnessed() ? ", unwitnessed)" : ")");
    }
}
