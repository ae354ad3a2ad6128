package net.testudo.lab.demo;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Collectors;
import net.testudo.lab.Topology;

/// What the demo was asked to do.
///
/// @param action what to do
/// @param devices how many, 2 to [Topology#DEVICE_COUNT_MAX]
/// @param death how the master dies
/// @param repeat how often all of it is done
/// @param keep whether the last lab stays up
/// @param json where the measurements are written, if anywhere
record DemoOptions(Action action, int devices, Death death, int repeat, boolean keep, Optional<Path> json) {
    /// What the demo does.
    enum Action {
        /// Runs.
        RUN,
        /// Ends labs that `--keep` left up.
        STOP,
        /// Explains the options.
        HELP
    }

    static final String USAGE = """
            Usage: ./testudo demo [--devices N] [--death KIND] [--repeat K] [--json FILE] [--keep]
                   ./testudo demo --stop

            Starts devices as processes in network namespaces, forms them into one network element by NETCONF,
            sends traffic through it, lets the master die, and measures what the hosts and the management station
            notice.

              --devices N    how many devices, 2 to %d (3)
              --death KIND   how the master dies (kill):
            %s
              --repeat K     does all of it K times (1)
              --json FILE    writes the measurements; with --repeat a list of them
              --keep         leaves the lab up and prints how to reach it; --stop ends it

            Exit status: 0 all of it happened, interruption at most %d ms (%d ms where this user may not have real-time
            scheduling), no connection lost; 1 something did not happen (it says where the logs of that run are kept);
            2 wrong usage; 3 something is missing on this machine.
            """;

    /// @throws IllegalArgumentException with what is wrong
    static DemoOptions parse(String... arguments) {
        Action action = Action.RUN;
        int devices = 3;
        Death death = Death.KILL;
        int repeat = 1;
        boolean keep = false;
        Optional<Path> json = Optional.empty();
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--devices" -> devices = number(word, words, 2, Topology.DEVICE_COUNT_MAX);
                case "--death" -> death = Death.of(value(word, words));
                case "--repeat" -> repeat = number(word, words, 1, 10_000);
                case "--json" -> json = Optional.of(Path.of(value(word, words)));
                case "--keep" -> keep = true;
                case "--stop" -> action = Action.STOP;
                case "-h", "--help" -> action = Action.HELP;
                default -> throw new IllegalArgumentException("there is no option '" + word + "'");
            }
        }
        return new DemoOptions(action, devices, death, repeat, keep, json);
    }

    /// The explanation of the options.
    static String usage() {
        String kinds = Arrays.stream(Death.values())
                .map(death -> "      %-16s %s".formatted(death.label(), death.description()))
                .collect(Collectors.joining(System.lineSeparator()));
        return USAGE.formatted(
                Topology.DEVICE_COUNT_MAX, kinds, Measurement.INTERRUPTION_LIMIT_MS, Measurement.ORDINARY_LIMIT_MS);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.next();
    }

    private static int number(String option, Iterator<String> words, int least, int most) {
        String word = value(option, words);
        try {
            int number = Integer.parseInt(word);
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
