package net.testudo.sim.check;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.engine.Engine;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;
import org.jspecify.annotations.Nullable;

/// The history of commits is linearizable: the line of revisions is an order in which each commit stands once, between
/// its call and its answer, and in which a read of the master's revision finds all that was known before. What was
/// answered with an error stands nowhere ([CommitsKept]); what was not answered, or `outcome-unknown`, may.
public final class Linearizable implements Observer {
    private static final long EACH_NS = 5_000_000L;

    /// @param cluster in which it was asked for
    /// @param floor the newest revision that anybody knew of then
    private record Call(String cluster, long floor) {}

    /// What is known of one cluster's line.
    private static final class Line {
        final TreeMap<Long, String> markers = new TreeMap<>();
        final Map<String, Long> first = new HashMap<>();
        final Map<String, Long> last = new HashMap<>();
        long known;
    }

    private final SimWorld world;
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Call> calls = new HashMap<>();
    private final Map<String, Long> answered = new HashMap<>();
    private long readNs;

    /// Reads at the devices of `world`.
    public Linearizable(SimWorld world) {
        this.world = world;
    }

    @Override
    public void onRequest(SimDevice device, Request request) {
        if (request instanceof Request.Commit commit) {
            ElementSnapshot snapshot = device.management().newest();
            String cluster = snapshot == null ? "" : snapshot.clusterId();
            String marker = CommitsKept.markerOf(commit.content().configuration());
            calls.put(marker, new Call(cluster, line(cluster).known));
        }
    }

    @Override
    public void onAnswer(SimDevice device, @Nullable Request request, Answer answer) {
        if (request instanceof Request.Commit commit && answer.outcome() == Answer.Outcome.OK) {
            Engine.Decided decided = device.decided();
            String cluster = decided == null ? "" : decided.clusterId();
            String marker = CommitsKept.markerOf(commit.content().configuration());
            answered.put(marker, answer.revision());
            learn(cluster, answer.revision(), marker);
            demandAnswered(line(cluster), marker);
        }
    }

    @Override
    public void onPublish(SimDevice device, ElementSnapshot snapshot) {
        if (snapshot.revision() > 0) {
            learn(new Engine.Decided(snapshot.clusterId(), snapshot.revision(), snapshot.content()));
        }
    }

    @Override
    public void onTurn(SimDevice device, int work) {
        if (world.queue().nowNs() - readNs < EACH_NS) {
            return;
        }
        readNs = world.queue().nowNs();
        for (SimDevice master : world.devices()) {
            Engine.Decided decided = master.masterServing() ? master.decided() : null;
            if (decided != null) {
                onRead(master, decided);
            }
        }
    }

    /// The master's revision is read.
    void onRead(SimDevice master, Engine.Decided decided) {
        long known = line(decided.clusterId()).known;
        if (decided.revision() < known) {
            throw new Violation(
                    "linearizable",
                    "a read at " + master + " finds revision " + decided.revision() + ", but " + known
                            + " was known before");
        }
        learn(decided);
    }

    private Line line(String cluster) {
        return lines.computeIfAbsent(cluster, _ -> new Line());
    }

    private void learn(Engine.Decided decided) {
        if (!line(decided.clusterId()).markers.containsKey(decided.revision())) {
            String marker = CommitsKept.markerOf(decided.content().configuration());
            learn(decided.clusterId(), decided.revision(), marker);
        }
    }

    private void learn(String cluster, long revision, String marker) {
        Line line = line(cluster);
        line.known = Math.max(line.known, revision);
        if (line.markers.putIfAbsent(revision, marker) != null || marker.isEmpty()) {
            return;
        }
        Call call = calls.get(marker);
        if (call == null) {
            throw new Violation("linearizable", "nobody asked for " + marker + ", revision " + revision);
        }
        if (call.cluster.equals(cluster) && revision <= call.floor) {
            throw new Violation(
                    "linearizable",
                    marker + " is revision " + revision + ", but revision " + call.floor
                            + " was known when it was asked for");
        }
        line.first.merge(marker, revision, Math::min);
        line.last.merge(marker, revision, Math::max);
        demandOnePlace(line, revision, marker);
        demandAnswered(line, marker);
    }

    /// Revisions that change something else carry on what was committed last; once another commit stands in its place
    /// it does not come back.
    private static void demandOnePlace(Line line, long revision, String marker) {
        Map.Entry<Long, String> before = line.markers.lowerEntry(revision);
        Map.Entry<Long, String> after = line.markers.higherEntry(revision);
        boolean between = before != null
                && after != null
                && before.getValue().equals(after.getValue())
                && !before.getValue().equals(marker);
        boolean again = before != null && !before.getValue().equals(marker) && first(line, marker) < revision;
        boolean earlier = after != null && !after.getValue().equals(marker) && last(line, marker) > revision;
        if (between || again || earlier) {
            throw new Violation(
                    "linearizable",
                    marker + " is revision " + revision + " between " + before + " and " + after
                            + ": one of them came back");
        }
    }

    private void demandAnswered(Line line, String marker) {
        Long revision = answered.get(marker);
        if (revision != null && first(line, marker) != revision) {
            throw new Violation(
                    "linearizable",
                    marker + " was answered with revision " + revision + ", but is revision " + first(line, marker));
        }
    }

    private static long first(Line line, String marker) {
        return line.first.getOrDefault(marker, Long.MAX_VALUE);
    }

    private static long last(Line line, String marker) {
        return line.last.getOrDefault(marker, 0L);
    }
}
