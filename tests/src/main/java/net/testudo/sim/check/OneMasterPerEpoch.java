package net.testudo.sim.check;

import java.util.HashMap;
import java.util.Map;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;

/// An epoch has one master, and a master never resumes an epoch after its restart.
public final class OneMasterPerEpoch implements Observer {
    private record Epoch(String cluster, long number) {}

    private record Holder(SimDevice device, int start) {}

    private final Map<Epoch, Holder> holders = new HashMap<>();
    private final Map<SimDevice, Boolean> serving = new HashMap<>();

    /// How many epochs had a master that served.
    public int epochs() {
        return holders.size();
    }

    @Override
    public void onCrash(SimDevice device) {
        serving.remove(device);
    }

    @Override
    public void onTurn(SimDevice device, int work) {
        boolean serves = device.masterServing();
        boolean before = Boolean.TRUE.equals(serving.put(device, serves));
        ElementSnapshot snapshot = serves && !before ? device.snapshot() : null;
        if (snapshot != null) {
            check(device, snapshot);
        }
    }

    @Override
    public void onPublish(SimDevice device, ElementSnapshot snapshot) {
        if (snapshot.masterServing()) {
            check(device, snapshot);
        }
    }

    private void check(SimDevice device, ElementSnapshot snapshot) {
        Epoch epoch = new Epoch(snapshot.clusterId(), snapshot.epoch());
        Holder holder = new Holder(device, device.starts());
        Holder earlier = holders.putIfAbsent(epoch, holder);
        if (earlier != null && !earlier.equals(holder)) {
            throw new Violation(
                    "one-master-per-epoch",
                    "epoch " + epoch.number + " was held by " + earlier.device + " (start " + earlier.start
                            + ") and is held by " + device + " (start " + holder.start + ")");
        }
    }
}
