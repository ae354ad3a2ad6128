package net.testudo.element.flow;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Values of [FlowCounter].
final class FlowCounters {
    private final Map<FlowCounter, long[]> values = new EnumMap<>(FlowCounter.class);

    FlowCounters() {
        for (FlowCounter counter : FlowCounter.values()) {
            values.put(counter, new long[1]);
        }
    }

    void add(FlowCounter counter) {
        cell(counter)[0]++;
    }

    /// The value of a counter.
    long get(FlowCounter counter) {
        return cell(counter)[0];
    }

    /// Adds all to `target`, by name.
    void addTo(Map<String, Long> target) {
        for (FlowCounter counter : FlowCounter.values()) {
            target.put(counter.text(), get(counter));
        }
    }

    private long[] cell(FlowCounter counter) {
        return Objects.requireNonNull(values.get(counter));
    }
}
