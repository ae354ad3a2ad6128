package net.testudo.agent.northbound.eventlog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.Evidence;
import net.testudo.element.management.LoggedEvent;

/// What the rpc `explain-election` answers: the record of an election, taken apart.
public final class ElectionExplanation {
    /// The name of the operation.
    public static final String OPERATION = "explain-election";

    private static final String ROOT = "/" + EventLogState.MODULE + ":";

    private final ElementEvent event;
    private final EventLines lines = new EventLines();

    private ElectionExplanation(ElementEvent event) {
        this.event = event;
    }

    /// Canonical lines of the output, or nothing if the log holds no record of such an election.
    ///
    /// @param epoch that was won; nothing for the newest in the log
    public static Optional<String> lines(EventLog log, Optional<Long> epoch) {
        return elections(log)
                .filter(event -> epoch.isEmpty() || event.epoch() == epoch.get())
                .max(Comparator.comparingLong(ElementEvent::epoch))
                .map(event -> new ElectionExplanation(event).write());
    }

    /// The epochs whose elections the log tells of, ascending.
    public static List<Long> epochs(EventLog log) {
        return elections(log).map(ElementEvent::epoch).sorted().toList();
    }

    private static Stream<ElementEvent> elections(EventLog log) {
        return log.records().stream().map(LoggedEvent::event).filter(event -> event.kind() == Kind.MASTER_SWITCHED);
    }

    private String write() {
        Map<String, String> evidence = event.evidence();
        lines.put(ROOT + "event-id", event.id());
        lines.put(ROOT + "epoch", event.epoch());
        lines.put(ROOT + "winner", event.device());
        if (!evidence.getOrDefault(Evidence.FROM, "0").equals("0")) {
            lines.put(ROOT + "from", evidence.get(Evidence.FROM));
        }
        if (event.reason() != Reason.NONE) {
            lines.put(ROOT + "reason", EventLines.text(event.reason()));
        }
        lines.put(ROOT + "cause", event.cause());
        lines.text(ROOT + "criterion", evidence.get(Evidence.CRITERION));
        lines.microseconds(ROOT + "dead-time", evidence.get(Evidence.DEAD_TIME));
        lines.microseconds(ROOT + "detection", evidence.get(Evidence.DETECTION));
        lines.microseconds(ROOT + "vote", evidence.get(Evidence.VOTE));
        lines.microseconds(ROOT + "serving", evidence.get(Evidence.SERVING));
        lines.microseconds(ROOT + "adoption", evidence.get(Evidence.ADOPTION));
        lines.microseconds(ROOT + "duration", evidence.get(Evidence.DURATION));
        lines.text(ROOT + "flows-moved", evidence.get(Evidence.FLOWS_MOVED));
        devices().forEach(this::device);
        return lines.toString();
    }

    private SortedSet<Integer> devices() {
        SortedSet<Integer> devices = new TreeSet<>();
        devices.add(event.device());
        for (String name : event.evidence().keySet()) {
            for (String prefix : List.of(Evidence.SILENT_PREFIX, Evidence.LOST_PREFIX)) {
                if (name.startsWith(prefix)) {
                    devices.add(Integer.parseInt(name.substring(prefix.length())));
                }
            }
        }
        return devices;
    }

    private void device(int device) {
        String path = ROOT + "device[device='" + device + "']";
        String lost = event.evidence().get(Evidence.LOST_PREFIX + device);
        List<String> votes =
                List.of(event.evidence().getOrDefault(Evidence.VOTES, "").split(","));
        lines.microseconds(path + "/silent", event.evidence().get(Evidence.SILENT_PREFIX + device));
        lines.put(path + "/voted", votes.contains(Integer.toString(device)));
        lines.put(path + "/stood", device == event.device() || "outvoted".equals(lost));
        lines.text(path + "/why-lost", lost);
    }
}
