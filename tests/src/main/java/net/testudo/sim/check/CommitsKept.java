package net.testudo.sim.check;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.testudo.element.engine.Engine;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import org.jspecify.annotations.Nullable;

/// A commit that was acknowledged is on the line of every later master, whole; one that was answered with an error
/// appears nowhere, ever. Commits are told apart by the one policy rule named `commit-N` that each carries.
public final class CommitsKept implements Observer {
    private static final Pattern MARKER = Pattern.compile("rule\\[name='(commit-\\d+)'\\]");

    private record Acknowledged(String cluster, String marker) {}

    private record Appearance(String cluster, long revision) {}

    private final TreeMap<Long, Acknowledged> acknowledged = new TreeMap<>();
    private final Map<Appearance, String> markers = new HashMap<>();
    private final Map<String, String> failed = new HashMap<>();
    private final Map<SimDevice, Boolean> serving = new HashMap<>();

    /// `content` with the mark of commit `number` in place of an earlier one's.
    public static Content mark(Content content, long number) {
        String kept = content.configuration()
                .lines()
                .filter(line -> !MARKER.matcher(line).find())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return new Content(kept + markerLine(number) + "\n", content.secrets());
    }

    /// The name of the mark in a configuration, or empty.
    public static String markerOf(String configuration) {
        Matcher matcher = MARKER.matcher(configuration);
        return matcher.find() ? matcher.group(1) : "";
    }

    /// The configuration line that marks commit `number`.
    public static String markerLine(long number) {
        return "/testudo-policy:policy/rule[name='commit-" + number + "']/action = accept";
    }

    /// How many commits were acknowledged.
    public int acknowledgedCount() {
        return acknowledged.size();
    }

    @Override
    public void onCrash(SimDevice device) {
        serving.remove(device);
    }

    @Override
    public void onAnswer(SimDevice device, @Nullable Request request, Answer answer) {
        if (!(request instanceof Request.Commit commit)) {
            return;
        }
        String marker = markerOf(commit.content().configuration());
        Engine.Decided decided = device.decided();
        switch (answer.outcome()) {
            case OK -> {
                String cluster = decided == null ? "" : decided.clusterId();
                acknowledged.put(answer.revision(), new Acknowledged(cluster, marker));
                String known = markers.get(new Appearance(cluster, answer.revision()));
                if (known != null && !known.equals(marker)) {
                    throw new Violation(
                            "commits-kept",
                            marker + " was acknowledged as revision " + answer.revision() + ", which holds " + known);
                }
            }
            case OUTCOME_UNKNOWN -> {}
            default -> {
                failed.put(marker, answer.outcome() + " " + answer.message());
                if (markers.containsValue(marker)) {
                    throw new Violation("commits-kept", marker + " was refused but is decided: " + answer);
                }
            }
        }
    }

    @Override
    public void onPublish(SimDevice device, ElementSnapshot snapshot) {
        if (snapshot.revision() == 0) {
            return;
        }
        Appearance appearance = new Appearance(snapshot.clusterId(), snapshot.revision());
        if (markers.containsKey(appearance)) {
            return;
        }
        String marker = markerOf(snapshot.content().configuration());
        markers.put(appearance, marker);
        String failure = failed.get(marker);
        if (failure != null) {
            throw new Violation(
                    "commits-kept",
                    marker + " was answered with " + failure + " and is revision " + snapshot.revision() + " of "
                            + device);
        }
        Acknowledged expected = acknowledged.get(snapshot.revision());
        if (expected != null && expected.cluster.equals(snapshot.clusterId()) && !expected.marker.equals(marker)) {
            throw new Violation(
                    "commits-kept",
                    expected.marker + " was acknowledged as revision " + snapshot.revision() + ", but on " + device
                            + " that holds " + marker);
        }
    }

    @Override
    public void onTurn(SimDevice device, int work) {
        boolean serves = device.masterServing();
        boolean before = Boolean.TRUE.equals(serving.put(device, serves));
        Engine.Decided decided = serves && !before && !acknowledged.isEmpty() ? device.decided() : null;
        if (decided != null && isBehind(decided)) {
            throw new Violation(
                    "commits-kept",
                    device + " serves as master with revision " + decided.revision() + ", but "
                            + acknowledged.lastEntry() + " was acknowledged");
        }
    }

    private boolean isBehind(Engine.Decided decided) {
        Map.Entry<Long, Acknowledged> last = acknowledged.lastEntry();
        return last.getValue().cluster.equals(decided.clusterId()) && decided.revision() < last.getKey();
    }
}
