package net.testudo.lab.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.testudo.lab.cluster.Devices;

/// The run in lines of text, and as values for a script.
final class FaultReport {
    private static final String TWO_AT_ONCE = "two at once";
    private static final String LINE = "%4s  %-46s  %-8s  %8s  %7s  %-9s  %s";
    private static final String SUMMARY = "%-16s  %5s  %9s  %9s  %9s  %9s  %9s";

    private FaultReport() {}

    /// Headings of [#line].
    static String headings() {
        return LINE.formatted("", "fault", "master", "gap ms", "order s", "commits", "failovers");
    }

    /// What came of a step, in one line.
    static String line(StepOutcome outcome) {
        String failovers = outcome.elections().stream()
                .map(election -> Devices.serial(election.winner()) + " " + election.reason())
                .collect(Collectors.joining(", "));
        return LINE.formatted(
                        outcome.step().number(),
                        outcome.step().faults().stream().map(Fault::toString).collect(Collectors.joining(" + ")),
                        roles(outcome),
                        "%.1f".formatted(outcome.gapMs()),
                        "%.1f".formatted(outcome.orderMs() / 1000.0),
                        outcome.commits(),
                        failovers.isEmpty() ? "-" : failovers)
                .stripTrailing();
    }

    private static String roles(StepOutcome outcome) {
        return Devices.serial(outcome.master())
                + (outcome.master() == outcome.now() ? "" : " > " + Devices.serial(outcome.now()));
    }

    /// Figures by kind; steps of two faults are a kind of their own.
    static List<String> summary(List<StepOutcome> outcomes) {
        Map<String, List<StepOutcome>> byKind = new TreeMap<>();
        for (StepOutcome outcome : outcomes) {
            String kind = outcome.step().single() ? outcome.step().label() : TWO_AT_ONCE;
            byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(outcome);
        }
        List<String> lines = new ArrayList<>();
        lines.add(SUMMARY.formatted("fault", "count", "failovers", "gap ms", "max", "order s", "max"));
        byKind.forEach((kind, group) -> lines.add(SUMMARY.formatted(
                kind,
                group.size(),
                group.stream().mapToInt(outcome -> outcome.elections().size()).sum(),
                "%.1f".formatted(median(group.stream().map(StepOutcome::gapMs).toList())),
                "%.1f"
                        .formatted(group.stream()
                                .mapToDouble(StepOutcome::gapMs)
                                .max()
                                .orElse(0)),
                "%.1f"
                        .formatted(median(group.stream()
                                .map(outcome -> outcome.orderMs() / 1e3)
                                .toList())),
                "%.1f"
                        .formatted(group.stream()
                                        .mapToLong(StepOutcome::orderMs)
                                        .max()
                                        .orElse(0)
                                / 1e3))));
        return lines;
    }

    /// @param values at least one
    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    /// The run as values of JSON.
    ///
    /// @param realTime whether the devices have real-time scheduling
    static Map<String, Object> json(FaultsOptions options, boolean realTime, List<StepOutcome> outcomes) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("seed", options.seed());
        members.put("devices", options.devices());
        members.put("count", options.count());
        members.put("real_time", realTime);
        members.put("steps", outcomes.stream().map(FaultReport::json).toList());
        return members;
    }

    private static Map<String, Object> json(StepOutcome outcome) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("number", outcome.step().number());
        members.put("faults", outcome.step().toString());
        members.put("master_before", outcome.master());
        members.put("master_after", outcome.now());
        members.put(
                "failovers",
                outcome.elections().stream().map(Election::toString).toList());
        members.put("leases_lost", outcome.leasesLost());
        members.put("gap_ms", outcome.gapMs());
        members.put("late_ms", outcome.noticed().lateNs() / 1e6);
        members.put("order_ms", outcome.orderMs());
        members.put("commits_acknowledged", outcome.commits().acknowledged());
        members.put("commits_refused", outcome.commits().refused());
        members.put("commits_unknown", outcome.commits().unknown());
        members.put("tcp_total", outcome.noticed().connections());
        members.put("tcp_alive", outcome.noticed().alive());
        members.put("nat_changes", outcome.noticed().natChanges());
        members.put("broken", outcome.broken());
        return members;
    }
}
