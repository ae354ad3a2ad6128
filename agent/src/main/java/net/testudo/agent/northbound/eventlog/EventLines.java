package net.testudo.agent.northbound.eventlog;

import java.util.Locale;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.element.management.ElementEvent;
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

    /// What record and notification of an event say alike, besides its id (the grouping `event` of `testudo-cluster`).
    void event(String path, ElementEvent event) {
        if (event.device() != 0) {
            put(path + "/device", event.device());
        }
        text(path + "/serial", event.serial());
        put(path + "/epoch", event.epoch());
        put(path + "/cause", event.cause());
        event.evidence()
                .forEach((name, value) -> put(path + "/evidence[name=" + CanonicalPath.quote(name) + "]/value", value));
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
