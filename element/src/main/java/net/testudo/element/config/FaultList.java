package net.testudo.element.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.testudo.element.net.Decimal;

/// Reads leaves of a document and collects what is wrong with them.
final class FaultList {
    private final List<ConfigFault> faults = new ArrayList<>();

    List<ConfigFault> faults() {
        return List.copyOf(faults);
    }

    void add(String path, String message) {
        faults.add(new ConfigFault(path, message));
    }

    /// The leaf at `path`, read by `reader`; `absent` if it is not set, or, with a fault, if it cannot be read.
    <T> T read(ConfigDocument document, String path, T absent, Function<String, Optional<T>> reader, String form) {
        return read(document, path, reader, form).orElse(absent);
    }

    /// The leaf at `path`, read by `reader`; nothing if it is not set, or, with a fault, if it cannot be read.
    <T> Optional<T> read(ConfigDocument document, String path, Function<String, Optional<T>> reader, String form) {
        Optional<String> text = document.value(path);
        Optional<T> value = text.flatMap(reader);
        if (text.isPresent() && value.isEmpty()) {
            add(path, "'" + text.get() + "' cannot be used here: give " + form);
        }
        return value;
    }

    boolean flag(ConfigDocument document, String path, boolean absent) {
        return read(document, path, absent, FaultList::booleanValue, "true or false");
    }

    static Optional<Boolean> booleanValue(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /// A whole number of `min` to `max`.
    static Function<String, Optional<Integer>> number(int min, int max) {
        return text -> {
            int number = Decimal.parse(text, 9);
            return number >= min && number <= max ? Optional.of(number) : Optional.empty();
        };
    }
}
