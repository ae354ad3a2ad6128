package net.testudo.sim;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The command line of `simulate`.
///
/// @param firstSeed of the range
/// @param lastSeed of the range, included
/// @param devices in the cluster
/// @param verbose whether to print what happens in each run
/// @param durationS how long things break, in seconds of a cluster with a dead time of 50 ms
/// @param gentle whether all runs have one fault at a time
/// @param changes whether operators change members and criteria meanwhile
/// @param damage whether devices lose their disks or are replaced
/// @param json file for the summary, or null
record Options(
        long firstSeed,
        long lastSeed,
        int devices,
        boolean verbose,
        int durationS,
        boolean gentle,
        boolean changes,
        boolean damage,
        @Nullable String json) {
    static final String USAGE = """
            usage: ./testudo simulate --seeds A..B [--devices N] [--verbose] [--duration S] [--gentle]
                                      [--changes] [--damage] [--json FILE]

            Runs clusters of N (1 to 9, default 3) real engines on simulated networks, disks and clocks, breaks
            things at random, and checks what must always hold. The same seed gives the same run.

              --seeds A..B   the runs, one per seed
              --verbose      print what happens in each run
              --duration S   break things for S seconds of simulated time (default 4; in proportion more where the
                             devices have longer lease times)
              --gentle       one fault at a time in all runs, not in one of 16: no host may notice it
              --changes      operators change members meanwhile: maintenance, removal, replacement, and who may lead
              --damage       devices lose what is on their disks, a minority of the voters at a time, or are replaced
              --json FILE    write the summary there
            """;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");
    static final int DURATION_S = 4;
    private static final int DEVICES = 3;
    private static final int DEVICES_MAX = 9;

    /// @throws IllegalArgumentException if `arguments` are not of the form of [#USAGE]; the message says why
    static Options parse(List<String> arguments) {
        Matcher range = null;
        int devices = DEVICES;
        boolean verbose = false;
        int durationS = DURATION_S;
        boolean gentle = false;
        boolean changes = false;
        boolean damage = false;
        String json = null;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            switch (name) {
                case "--seeds" -> range = RANGE.matcher(value(name, rest));
                case "--devices" -> devices = number(name, rest, DEVICES_MAX);
                case "--duration" -> durationS = number(name, rest, 86_400);
                case "--json" -> json = value(name, rest);
                case "--verbose" -> verbose = true;
                case "--gentle" -> gentle = true;
                case "--changes" -> changes = true;
                case "--damage" -> damage = true;
                default -> throw new IllegalArgumentException("unknown option " + name);
            }
        }
        if (range == null || !range.matches()) {
            throw new IllegalArgumentException("--seeds A..B is needed, such as --seeds 1..100");
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        if (last < first) {
            throw new IllegalArgumentException("--seeds: " + last + " is below " + first);
        }
        return new Options(first, last, devices, verbose, durationS, gentle, changes, damage, json);
    }

    /// What happens in the runs besides the faults of every run.
    Manner manner() {
        return new Manner(gentle, changes, damage);
    }

    private static int number(String name, Iterator<String> rest, int max) {
        String text = value(name, rest);
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > max) {
            throw new IllegalArgumentException(name + " takes a number from 1 to " + max + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return rest.next();
    }
}
