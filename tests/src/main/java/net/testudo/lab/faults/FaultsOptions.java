package net.testudo.lab.faults;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Collectors;
import net.testudo.lab.Topology;

/// What the run was asked to do.
///
/// @param help whether only the options are explained
/// @param count how many steps
/// @param seed that names the course
/// @param devices how many, 2 to [Topology#DEVICE_COUNT_MAX]
/// @param json where the figures are written, if anywhere
/// @param keepLogs whether the logs are kept also if all went well
record FaultsOptions(boolean help, int count, long seed, int devices, Optional<Path> json, boolean keepLogs) {
    private static final int COUNT_MAX = 100_000;

    static final String USAGE = """
            Usage: ./testudo faults [--count N] [--seed S] [--devices N] [--json FILE] [--keep-logs]

            Starts devices as processes in network namespaces and forms them into one network element. Then, with
            traffic and commits running, faults happen to random devices at random moments, one after the other,
            sometimes two at once; after each, all has to come in order again. The seed names the course, which is
            drawn before it begins.

              --count N      how many faults, or pairs of them, in a row (20)
              --seed S       which course (1)
              --devices N    how many devices, 2 to %d (3)
              --json FILE    writes what came of each fault
              --keep-logs    keeps the devices' logs also if all went well

            Faults:
            %s

            What must hold: an acknowledged commit is on the line of revisions at every later read, one that was
            answered with an error never is, and one of unknown outcome is what commit-status says; on the wire no two
            devices act as master, or send packets of one flow, in turns; each change of the master has one record,
            which names a reason that fits the fault; after a single fault all TCP connections live and no translation
            has changed.

            Exit status: 0 all of it held; 1 something did not (the run ends there, and says where logs, course and the
            recorded frames are kept); 2 wrong usage; 3 something is missing on this machine.
            """;

    /// @throws IllegalArgumentException with what is wrong
    static FaultsOptions parse(String... arguments) {
        boolean help = false;
        int count = 20;
        long seed = 1;
        int devices = 3;
        Optional<Path> json = Optional.empty();
        boolean keepLogs = false;
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--count" -> count = (int) number(word, words, 1, COUNT_MAX);
                case "--seed" -> seed = number(word, words, 0, Long.MAX_VALUE);
                case "--devices" -> devices = (int) number(word, words, 2, Topology.DEVICE_COUNT_MAX);
                case "--json" -> json = Optional.of(Path.of(value(word, words)));
                case "--keep-logs" -> keepLogs = true;
                case "-h", "--help" -> help = true;
                default -> throw new IllegalArgumentException("there is no option '" + word + "'");
            }
        }
        return new FaultsOptions(help, count, seed, devices, json, keepLogs);
    }

    /// The explanation of the options.
    static String usage() {
        String kinds = Arrays.stream(FaultKind.values())
                .map(kind -> "  %-16s %s".formatted(kind.label(), kind.description()))
                .collect(Collectors.joining("\n"));
        return USAGE.formatted(Topology.DEVICE_COUNT_MAX, kinds);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.next();
    }

    private static long number(String option, Iterator<String> words, long least, long most) {
        String word = value(option, words);
        try {
            long number = Long.parseLong(word);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // The message below says what is expected.
        }
        throw new IllegalArgumentException(
                "%s takes a number from %d to %d, not '%s'".formatted(option, least, most, word));
    }
}
