package net.testudo.sim.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What will happen, in order of simulated time; things due at the same nanosecond keep the order they were added in.
///
/// A binary heap in arrays: hundreds of thousands of frames pass through it each simulated second.
public final class EventQueue {
    private static final int CAPACITY = 1024;

    private long[] atNs = new long[CAPACITY];
    private long[] order = new long[CAPACITY];
    private @Nullable Runnable[] actions = new Runnable[CAPACITY];
    private int size;
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

    /// Runs `action` at `timeNs`, or now if that has passed.
    public void at(long timeNs, Runnable action) {
        if (size == actions.length) {
            atNs = Arrays.copyOf(atNs, 2 * size);
            order = Arrays.copyOf(order, 2 * size);
            actions = Arrays.copyOf(actions, 2 * size);
        }
        rise(size++, Math.max(timeNs, nowNs), added++, action);
    }

    /// Runs `action` after `delayNs`.
    public void after(long delayNs, Runnable action) {
        at(nowNs + delayNs, action);
    }

    /// Runs everything due up to `untilNs`, then sets the time to it.
    public void runUntil(long untilNs) {
        while (size > 0 && atNs[0] <= untilNs) {
            nowNs = atNs[0];
            Runnable next = removeFirst();
            if (next != null) {
                next.run();
            }
            done++;
        }
        nowNs = Math.max(nowNs, untilNs);
    }

    private @Nullable Runnable removeFirst() {
        Runnable first = actions[0];
        size--;
        long lastNs = atNs[size];
        long lastOrder = order[size];
        Runnable last = actions[size];
        actions[size] = null;
        if (size > 0) {
            sink(lastNs, lastOrder, last);
        }
        return first;
    }

    private void rise(int from, long timeNs, long number, @Nullable Runnable action) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (!isBefore(timeNs, number, parent)) {
                break;
            }
            copy(parent, place);
            place = parent;
        }
        put(place, timeNs, number, action);
    }

    private void sink(long timeNs, long number, @Nullable Runnable action) {
        int place = 0;
        for (int child = 1; child < size; child = 2 * place + 1) {
            if (child + 1 < size && isBefore(atNs[child + 1], order[child + 1], child)) {
                child++;
            }
            if (isBefore(timeNs, number, child)) {
                break;
            }
            copy(child, place);
            place = child;
        }
        put(place, timeNs, number, action);
    }

    private boolean isBefore(long timeNs, long number, int other) {
        return timeNs < atNs[other] || (timeNs == atNs[other] && number < order[other]);
    }

    private void copy(int from, int to) {
        atNs[to] = atNs[from];
        order[to] = order[from];
        actions[to] = actions[from];
    }

    private void put(int place, long timeNs, long number, @Nullable Runnable action) {
        atNs[place] = timeNs;
        order[place] = number;
        actions[place] = action;
    }
}
