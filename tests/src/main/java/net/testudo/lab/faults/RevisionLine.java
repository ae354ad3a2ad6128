package net.testudo.lab.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.lab.cluster.NetconfClient.Fate;

/// The line of decided revisions, put together from all reads of the history, and held against what a client was told.
final class RevisionLine {
    private final TreeMap<Long, Revision> line = new TreeMap<>();
    private final Map<String, Long> numbers = new HashMap<>();

    /// A read of the history.
    ///
    /// @return what contradicts an earlier read, or the line itself; empty if nothing does
    List<String> read(List<Revision> revisions) {
        List<String> broken = new ArrayList<>();
        long newest = line.isEmpty() ? 0 : line.lastKey();
        for (Revision revision : revisions) {
            Revision known = line.putIfAbsent(revision.number(), revision);
            if (known != null && !known.equals(revision)) {
                broken.add("revision " + revision.number() + " was " + known + " and is " + revision);
            }
            Revision parent = line.get(revision.number() - 1);
            if (parent != null && !parent.hash().equals(revision.parent())) {
                broken.add("revision " + revision.number() + " does not follow " + parent);
            }
            if (!revision.commitId().isEmpty()) {
                long first = numbers.computeIfAbsent(revision.commitId(), _ -> revision.number());
                if (first != revision.number()) {
                    broken.add(revision.commitId() + " is revision " + first + " and revision " + revision.number());
                }
            }
        }
        long read = revisions.stream().mapToLong(Revision::number).max().orElse(0);
        if (read < newest) {
            broken.add("the newest revision was " + newest + " and is " + read);
        }
        return broken;
    }

    /// Numbers between the lowest and the highest that no read has shown.
    long gaps() {
        return line.isEmpty() ? 0 : line.lastKey() - line.firstKey() + 1 - line.size();
    }

    /// The highest number, 0 if nothing was read.
    long newest() {
        return line.isEmpty() ? 0 : line.lastKey();
    }

    /// Whether the line has a revision of this commit.
    boolean has(String commitId) {
        return numbers.containsKey(commitId);
    }

    /// The newest revisions, at most so many, descending.
    List<Revision> newest(int count) {
        return line.descendingMap().values().stream().limit(count).toList();
    }

    /// Holds the line against what the client was told, for commits that were answered before the last read.
    ///
    /// @param ledger of a client that sends one commit after the other
    /// @return what does not agree; empty if all does
    List<String> check(CommitLedger ledger) {
        List<String> broken = new ArrayList<>();
        long before = 0;
        for (String id : ledger.withFate(Fate.ACKNOWLEDGED)) {
            Long number = numbers.get(id);
            if (number == null) {
                broken.add(id + " was acknowledged and is not on the line of revisions");
                continue;
            }
            if (number <= before) {
                broken.add(id + " is revision " + number + ", not after the one that was acknowledged before it");
            }
            before = number;
        }
        for (String id : ledger.withFate(Fate.REFUSED)) {
            Long number = numbers.get(id);
            if (number != null) {
                broken.add(id + " was answered with an error and is revision " + number);
            }
        }
        return broken;
    }
}
