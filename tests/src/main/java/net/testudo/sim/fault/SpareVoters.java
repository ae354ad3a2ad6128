package net.testudo.sim.fault;

import java.util.HashSet;
import java.util.Set;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;
import org.jspecify.annotations.Nullable;

/// Whether a cluster can afford that a device forgets everything: at most a minority of its voters may have forgotten
/// at a time, since what a majority stored is what was acknowledged. A pair can afford none.
final class SpareVoters implements Observer {
    private final Set<String> forgetful = new HashSet<>();

    /// What the serving master shows at a moment.
    ///
    /// @param voters their serial numbers
    record Look(String cluster, long revision, Set<String> voters) {}

    /// A device with this serial number forgot everything.
    void lost(String serial) {
        forgetful.add(serial);
    }

    /// Once it has no vote it is as a new one.
    @Override
    public void onPublish(SimDevice device, ElementSnapshot snapshot) {
        if (!forgetful.isEmpty() && snapshot.masterServing()) {
            forgetful.retainAll(voters(snapshot));
        }
    }

    /// Null if nobody serves as master.
    @Nullable
    Look look(SimWorld world) {
        for (SimDevice device : world.devices()) {
            ElementSnapshot snapshot = device.masterServing() ? device.snapshot() : null;
            if (snapshot != null) {
                return new Look(snapshot.clusterId(), snapshot.revision(), voters(snapshot));
            }
        }
        return null;
    }

    /// Whether the device, which was off all the time between two looks, may be lost. Revisions were decided meanwhile
    /// and none of them changed the voters: so no change of voters is under way that the device stored.
    boolean canSpare(String serial, @Nullable Look before, @Nullable Look now) {
        if (before == null || now == null) {
            return false;
        }
        Set<String> lost = new HashSet<>(forgetful);
        lost.add(serial);
        lost.retainAll(now.voters);
        return before.cluster.equals(now.cluster)
                && before.voters.equals(now.voters)
                && before.revision < now.revision
                && 2 * lost.size() < now.voters.size();
    }

    private static Set<String> voters(ElementSnapshot snapshot) {
        Set<String> serials = new HashSet<>();
        snapshot.members().stream().filter(m -> m.voter()).forEach(m -> serials.add(m.serial()));
        return serials;
    }
}
