package net.testudo.lab.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.testudo.lab.cluster.NetconfClient.Fate;

/// Holds the history of the configuration against what the committing client was told.
final class CommitCheck {
    private static final int CONTENTS = 3;

    private final ManagementView view;
    private final CommitLedger ledger;
    private final RevisionLine line = new RevisionLine();
    private final Map<String, Boolean> resolved = new HashMap<>();

    CommitCheck(ManagementView view, CommitLedger ledger) {
        this.view = view;
        this.ledger = ledger;
    }

    /// Reads the history, so that none of it goes by unseen.
    ///
    /// @return what contradicts an earlier read
    List<String> read() {
        return line.read(view.history());
    }

    /// Reads the history, some contents, and what became of commits of unknown outcome; all must agree. To be called
    /// when all is in order: then nothing is undecided any more.
    List<String> check() {
        CommitLedger told = ledger.copy();
        List<String> unknown = told.withFate(Fate.UNKNOWN);
        for (String id : unknown) {
            if (!resolved.containsKey(id)) {
                resolved.put(id, view.committed(id));
            }
        }
        List<String> broken = new ArrayList<>(read());
        if (line.gaps() > 0) {
            broken.add(line.gaps() + " revisions went by between two reads of the history");
        }
        broken.addAll(line.check(told));
        for (String id : unknown) {
            if (!Boolean.valueOf(line.has(id)).equals(resolved.get(id))) {
                broken.add("the outcome of " + id + " was unknown, commit-status said "
                        + (Boolean.TRUE.equals(resolved.get(id)) ? "committed" : "unknown")
                        + ", and it is " + (line.has(id) ? "" : "not ") + "on the line of revisions");
            }
        }
        broken.addAll(contents());
        return broken;
    }

    private List<String> contents() {
        List<String> broken = new ArrayList<>();
        for (Revision revision : line.newest(CONTENTS)) {
            if (!CommitStream.isOurs(revision.commitId())) {
                continue;
            }
            Optional<String> name = view.nameIn(revision.number());
            if (!name.equals(Optional.of(CommitStream.nameOf(revision.commitId())))) {
                broken.add("revision " + revision.number() + " of " + revision.commitId() + " holds the name "
                        + name.orElse("(none)"));
            }
        }
        return broken;
    }

    /// The highest revision that was read.
    long newestRevision() {
        return line.newest();
    }
}
