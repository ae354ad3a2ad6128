package net.testudo.agent.northbound.eventlog;

import java.util.Locale;
import net.testudo.agent.datastore.CanonicalLine;
import org.jspecify.annotations.Nullable;

/// Canonical lines in the making.
final class EventLines {
    private static final long NS_PER_US = 1_000;

    private final StringBuilder lines = new StringBuilder();

    /// As values of enumerations are written in YANG.
    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void put(String path, @Nullable Object value) {
        lines.append(CanonicalLine.of(path, String.valueOf(value)));
    }

    /// A leaf that is absent without a value.
    void text(String path, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            put(path, value);
        }
    }

    /// A duration in nanoseconds; absent if it is none.
    void microseconds(String path, @Nullable String ns) {
        if (ns != null && ns.matches("[0-9]{1,18}")) {
            put(path, Long.parseLong(ns) / NS_PER_US);
        }
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
