package net.testudo.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The sum of many runs.
final class Summary {
    private static final double NS_PER_S = 1e9;
    private static final double NS_PER_MS = 1e6;

    private final int devices;
    private long seeds;
    private long simulatedNs;
    private long events;
    private long elections;
    private long commits;
    private long faults;
    private long flows;
    private long packets;
    private final Map<String, List<Long>> interruptions = new TreeMap<>();
    private final List<SeedResult> failed = new ArrayList<>();

    Summary(int devices) {
        this.devices = devices;
    }

    void add(SeedResult result) {
        seeds++;
        simulatedNs += result.simulatedNs();
        events += result.events();
        elections += result.elections();
        commits += result.commits();
        faults += result.faults();
        flows += result.flows();
        packets += result.packets();
        result.interruptions()
                .forEach((what, waits) -> interruptions
                        .computeIfAbsent(what, _ -> new ArrayList<>())
                        .addAll(waits));
        if (result.failure() != null) {
            failed.add(result);
        }
    }

    long seeds() {
        return seeds;
    }

    List<SeedResult> failed() {
        return failed;
    }

    long commits() {
        return commits;
    }

    long packets() {
        return packets;
    }

    long elections() {
        return elections;
    }

    /// A table of one line.
    ///
    /// @param elapsedNs how long the runs took in real time
    String table(long elapsedNs) {
        return String.format(
                Locale.ROOT,
                "%8s %8s %12s %12s %10s %10s %8s %8s %10s %11s %14s%n"
                        + "%8d %8d %10.1f s %12d %10d %10d %8d %8d %10d %11d %14.2f",
                "devices",
                "seeds",
                "simulated",
                "events",
                "elections",
                "commits",
                "faults",
                "flows",
                "packets",
                "violations",
                "hours per hour",
                devices,
                seeds,
                simulatedNs / NS_PER_S,
                events,
                elections,
                commits,
                faults,
                flows,
                packets,
                failed.size(),
                perHour(elapsedNs));
    }

    /// Simulated hours in an hour of real time.
    private double perHour(long elapsedNs) {
        return elapsedNs == 0 ? 0.0 : (double) simulatedNs / elapsedNs;
    }

    /// A table of how long hosts waited at most at the faults of gentle runs; empty if there were none.
    String waits() {
        StringBuilder text = new StringBuilder();
        interruptions.forEach((what, waits) -> {
            List<Long> sorted = waits.stream().sorted().toList();
            text.append(String.format(
                    Locale.ROOT,
                    "%-48s %5d times, longest wait of a host: median %6.1f ms, most %6.1f ms%n",
                    what,
                    sorted.size(),
                    sorted.get(sorted.size() / 2) / NS_PER_MS,
                    sorted.getLast() / NS_PER_MS));
        });
        return text.toString();
    }

    /// The same as JSON, with the seed and rule of each violation.
    String json(long elapsedNs) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "{\"devices\": %d, \"seeds\": %d, \"simulated_s\": %.3f, \"elapsed_s\": %.3f, "
                        + "\"simulated_hours_per_hour\": %.2f, \"events\": %d, "
                        + "\"elections\": %d, \"commits\": %d, \"faults\": %d, \"flows\": %d, \"packets\": %d, "
                        + "\"violations\": [",
                devices,
                seeds,
                simulatedNs / NS_PER_S,
                elapsedNs / NS_PER_S,
                perHour(elapsedNs),
                events,
                elections,
                commits,
                faults,
                flows,
                packets));
        String separator = "";
        for (SeedResult result : failed) {
            String checker = result.failure() == null ? "" : result.failure().checker();
            text.append(separator)
                    .append("{\"seed\": ")
                    .append(result.seed())
                    .append(", \"checker\": \"")
                    .append(checker)
                    .append("\"}");
            separator = ", ";
        }
        return text.append("]}\n").toString();
    }
}
