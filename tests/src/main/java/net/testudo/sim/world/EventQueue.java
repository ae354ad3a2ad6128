package net.testudo.sim.world;

import java.util.PriorityQueue;

/// What will happen, in order of simulated time; things due at the same nanosecond keep the order they were added in.
public final class EventQueue {
    private record Entry(long atNs, long order, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atNs, other.atNs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long nowNs;
    private long added;
    private long done;

    /// Simulated time since the start of the run.
    public long nowNs() {
        return nowNs;
    }

    /// How many actions ran.
    public long done() {
        return done;
    }

    /// Runs `action` at `atNs`, or now if that has passed.
    public void at(long atNs, Runnable action) {
        entries.add(new Entry(Math.max(atNs, nowNs), added++, action));
    }

    /// Runs `action` after `delayNs`.
    public void after(long delayNs, Runnable action) {
        at(nowNs + delayNs, action);
    }

    /// Runs everything due up to `untilNs`, then sets the time to it.
    public void runUntil(long untilNs) {
        while (runNext(untilNs)) {
            done++;
        }
        nowNs = Math.max(nowNs, untilNs);
    }

    private boolean runNext(long untilNs) {
        Entry next = entries.peek();
        if (next == null || next.atNs > untilNs) {
            return false;
        }
        entries.remove();
        nowNs = next.atNs;
        next.action.run();
        return true;
    }
}
