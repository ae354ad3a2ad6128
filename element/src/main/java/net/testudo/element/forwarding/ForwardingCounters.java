package net.testudo.element.forwarding;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import net.testudo.element.policy.Verdict;
import net.testudo.element.wire.WireFault;

/// What the data path counts.
final class ForwardingCounters {
    private final Map<DropReason, long[]> drops = cells(DropReason.class);
    private final Map<WireFault, long[]> faults = cells(WireFault.class);
    private final Map<Verdict, long[]> verdicts = cells(Verdict.class);
    private long forwarded;

    void drop(DropReason reason) {
        add(drops, reason);
    }

    void fault(WireFault fault) {
        add(faults, fault);
    }

    void verdict(Verdict verdict) {
        add(verdicts, verdict);
    }

    void forwarded() {
        forwarded++;
    }

    long get(DropReason reason) {
        return Objects.requireNonNull(drops.get(reason))[0];
    }

    void addTo(Map<String, Long> target) {
        drops.forEach((reason, cell) -> target.put(reason.text(), cell[0]));
        faults.forEach((fault, cell) -> target.put(fault.counter(), cell[0]));
        verdicts.forEach((verdict, cell) -> target.put(verdict.counter(), cell[0]));
        target.put("forwarding.sent", forwarded);
    }

    private static <E extends Enum<E>> Map<E, long[]> cells(Class<E> type) {
        Map<E, long[]> cells = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            cells.put(constant, new long[1]);
        }
        return cells;
    }

    private static <E> void add(Map<E, long[]> cells, E key) {
        Objects.requireNonNull(cells.get(key))[0]++;
    }
}
