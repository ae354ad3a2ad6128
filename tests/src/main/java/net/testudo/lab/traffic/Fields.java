package net.testudo.lab.traffic;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Named whole numbers in one line of text: `sent=100 lost=2`.
record Fields(Map<String, Long> values) {
    /// @throws IllegalArgumentException if the line has another form
    static Fields parse(String line) {
        return new Fields(Stream.of(line.strip().split(" +", -1))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0], field -> Long.valueOf(field[1]))));
    }

    /// @throws IllegalArgumentException if there is no such field
    long get(String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no field '" + name + "' in " + values);
        }
        return value;
    }
}
