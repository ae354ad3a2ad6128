package net.testudo.scenario;

import java.util.Arrays;
import java.util.List;

/// One command of a scenario: a verb, then words by their place and `name=value` words.
record Words(String line, List<String> places, List<String> all) {
    Words(String line) {
        this(line, split(line).stream().filter(word -> !word.contains("=")).toList(), split(line));
    }

    private static List<String> split(String line) {
        return Arrays.asList(line.trim().split(" +", -1));
    }

    String verb() {
        return places.getFirst();
    }

    boolean has(String word) {
        return places.contains(word);
    }

    /// The word at `place` (the verb is at 0), or `otherwise`.
    String at(int place, String otherwise) {
        return place < places.size() ? places.get(place) : otherwise;
    }

    /// The number at `place`.
    int number(int place) {
        String word = at(place, "");
        if (!word.matches("\\d{1,2}")) {
            throw new IllegalArgumentException("a number of a device is expected in: " + line);
        }
        return Integer.parseInt(word);
    }

    /// The value of `name=value`, or `otherwise`.
    String named(String name, String otherwise) {
        return all.stream()
                .filter(word -> word.startsWith(name + "="))
                .findFirst()
                .map(word -> word.substring(name.length() + 1))
                .orElse(otherwise);
    }

    /// The values of all words `name=value`.
    List<String> each(String name) {
        return all.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .toList();
    }

    /// Nanoseconds of `20ms`, `3s`.
    static long durationNs(String text) {
        if (text.matches("\\d{1,6}ms")) {
            return Long.parseLong(text.substring(0, text.length() - 2)) * 1_000_000L;
        }
        if (text.matches("\\d{1,6}s")) {
            return Long.parseLong(text.substring(0, text.length() - 1)) * 1_000_000_000L;
        }
        throw new IllegalArgumentException("a duration is written as 20ms or 3s, not " + text);
    }
}
