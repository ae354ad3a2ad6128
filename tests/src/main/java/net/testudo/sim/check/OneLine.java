package net.testudo.sim.check;

import java.util.HashMap;
import java.util.Map;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;

/// Committed revisions form one line: a number stands for one hash and one content, on all devices, for ever; and
/// the newest revision of a device never goes back while its process runs and is in the cluster.
public final class OneLine implements Observer {
    private record Revision(String hash, String configuration, String secrets) {}

    private record Position(String cluster, long revision) {}

    private final Map<Position, Revision> line = new HashMap<>();
    private final Map<SimDevice, Position> newest = new HashMap<>();

    /// The highest number seen in any cluster.
    public long length() {
        return line.keySet().stream().mapToLong(Position::revision).max().orElse(0);
    }

    /// What a device had not made durable yet it may show again only after it learnt it again.
    @Override
    public void onCrash(SimDevice device) {
        newest.remove(device);
    }

    @Override
    public void onPublish(SimDevice device, ElementSnapshot snapshot) {
        if (snapshot.revision() == 0) {
            newest.remove(device);
            return;
        }
        Position position = new Position(snapshot.clusterId(), snapshot.revision());
        Position before = newest.put(device, position);
        if (before != null && before.cluster.equals(position.cluster) && before.revision > position.revision) {
            throw new Violation(
                    "one-line", device + " went back from revision " + before.revision + " to " + position.revision);
        }
        Revision revision = new Revision(
                snapshot.configHash(),
                snapshot.content().configuration(),
                snapshot.content().secrets());
        Revision known = line.putIfAbsent(position, revision);
        if (known != null && !known.equals(revision)) {
            throw new Violation(
                    "one-line",
                    "revision " + position.revision + " of " + device + " is " + revision.hash + ", elsewhere it was "
                            + known.hash + (known.hash.equals(revision.hash) ? " with another content" : ""));
        }
    }
}
