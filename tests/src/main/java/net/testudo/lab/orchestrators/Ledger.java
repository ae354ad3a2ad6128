package net.testudo.lab.orchestrators;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What one orchestrator was told of its values, each of which it writes once: which of them may be in running.
final class Ledger {
    private final Set<Integer> possible = new TreeSet<>(Set.of(0));
    private final List<String> lines = new ArrayList<>();
    private int acknowledged;
    private int unknown;
    private int undone;

    /// The commit of `value` was acknowledged for good: nothing older is there any more.
    synchronized void acknowledged(int value, String how) {
        possible.clear();
        possible.add(value);
        acknowledged++;
        lines.add(value + " acknowledged " + how);
    }

    /// Nobody said what became of the commit of `value`.
    synchronized void unknown(int value, String how) {
        possible.add(value);
        unknown++;
        lines.add(value + " unknown " + how);
    }

    /// `value` was refused, never committed, or is to be undone.
    synchronized void undone(int value, String how) {
        undone++;
        lines.add(value + " undone " + how);
    }

    /// Values that may be in running while no confirmed commit waits.
    synchronized Set<Integer> possible() {
        return Set.copyOf(possible);
    }

    /// How many of each.
    synchronized String counts() {
        return "%d/%d/%d".formatted(acknowledged, unknown, undone);
    }

    synchronized int acknowledged() {
        return acknowledged;
    }

    /// One line for each value, for the evidence of a failure.
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
