package net.testudo.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/// One result of a benchmark.
///
/// @param name what was measured, in words joined by hyphens
/// @param value of it
/// @param unit of the value
/// @param reference the same measured of something comparable in the same run, if there is such a thing
/// @param target what the value should be, if that is said
/// @param most whether the target is the most, not the least
record Figure(String name, double value, String unit, OptionalDouble reference, OptionalDouble target, boolean most) {
    static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, OptionalDouble.empty(), OptionalDouble.empty(), false);
    }

    Figure against(double other) {
        return new Figure(name, value, unit, OptionalDouble.of(other), target, most);
    }

    Figure atLeast(double aim) {
        return new Figure(name, value, unit, reference, OptionalDouble.of(aim), false);
    }

    Figure atMost(double aim) {
        return new Figure(name, value, unit, reference, OptionalDouble.of(aim), true);
    }

    /// Whether the target is met; true without one.
    boolean met() {
        return target.isEmpty() || (most ? value <= target.getAsDouble() : value >= target.getAsDouble());
    }

    /// For people.
    String text() {
        String line = "  %-44s %s %s".formatted(name, number(value), unit);
        if (reference.isPresent()) {
            line += ", %.2f of %s".formatted(value / reference.getAsDouble(), number(reference.getAsDouble()));
        }
        if (target.isPresent()) {
            line += ", target %s %s: %s"
                    .formatted(most ? "at most" : "at least", number(target.getAsDouble()), met() ? "met" : "MISSED");
        }
        return line;
    }

    /// As an object of JSON (RFC 8259).
    String json() {
        String ratio = reference.isPresent() ? decimal(value / reference.getAsDouble()) : "null";
        return """
                {"name": "%s", "value": %s, "unit": "%s", "reference": %s, "ratio": %s, "target": %s, \
                "met": %s}""".formatted(
                        name,
                        decimal(value),
                        unit,
                        decimal(reference),
                        ratio,
                        decimal(target),
                        target.isPresent() ? Boolean.toString(met()) : "null");
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, Math.abs(number) >= 1_000 ? "%,.0f" : "%.2f", number);
    }

    private static String decimal(OptionalDouble number) {
        return number.isPresent() ? decimal(number.getAsDouble()) : "null";
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }
}
