package net.testudo.bench;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The command line of `bench sync`; see [Bench#USAGE].
///
/// @param records of one round
/// @param octets of one record
/// @param rounds that are measured
/// @param json where the figures are written, if anywhere
record SyncOptions(int records, int octets, int rounds, Optional<Path> json) {
    private static final int RECORDS_MIN = 1_000;
    private static final int RECORDS_MAX = 100_000_000;
    private static final int OCTETS_MAX = 1_200;
    private static final int ROUNDS_MAX = 100;

    /// @throws IllegalArgumentException with what is wrong
    static SyncOptions parse(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("sync")) {
            throw new IllegalArgumentException("what is to be measured? there is: sync");
        }
        int records = 1_000_000;
        int octets = 100;
        int rounds = 5;
        Optional<Path> json = Optional.empty();
        Iterator<String> rest = arguments.listIterator(1);
        while (rest.hasNext()) {
            String name = rest.next();
            switch (name) {
                case "--records" -> records = number(name, rest, RECORDS_MIN, RECORDS_MAX);
                case "--octets" -> octets = number(name, rest, SyncSender.RECORD_OCTETS_MIN, OCTETS_MAX);
                case "--rounds" -> rounds = number(name, rest, 1, ROUNDS_MAX);
                case "--json" -> json = Optional.of(Path.of(value(name, rest)));
                default -> throw new IllegalArgumentException("unknown option " + name);
            }
        }
        return new SyncOptions(records, octets, rounds, json);
    }

    private static int number(String name, Iterator<String> rest, int min, int max) {
        String text = value(name, rest);
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new IllegalArgumentException(name + " takes a number from " + min + " to " + max + ", not " + text);
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
