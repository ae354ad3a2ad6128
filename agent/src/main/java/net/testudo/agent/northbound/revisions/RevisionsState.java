package net.testudo.agent.northbound.revisions;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.PendingCommit;
import net.testudo.element.management.RevisionHistory;
import net.testudo.element.net.DeviceSet;

/// The state nodes of `testudo-revisions` as canonical lines, in the order of the module.
public final class RevisionsState {
    private static final String HISTORY = "/testudo-cluster:cluster/testudo-revisions:history";
    private static final long MS_PER_S = 1_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneOffset.UTC);

    private final StringBuilder lines = new StringBuilder();

    private RevisionsState() {}

    /// The lines for `history`.
    public static String lines(RevisionHistory history) {
        RevisionsState state = new RevisionsState();
        history.decided()
                .forEach(entry -> state.revision(HISTORY + "/revision[number='" + entry.number() + "']", entry));
        history.orphans().forEach(state::orphan);
        return state.lines.toString();
    }

    /// The lines for a confirmed commit that waits.
    ///
    /// @param ageMs of the cluster
    public static String pending(Optional<PendingCommit> waiting, long ageMs) {
        if (waiting.isEmpty()) {
            return "";
        }
        RevisionsState state = new RevisionsState();
        PendingCommit commit = waiting.get();
        String path = HISTORY + "/pending-commit";
        state.put(path + "/restores", commit.restores());
        state.text(path + "/user", commit.user());
        state.put(path + "/persistent", !commit.persistId().isEmpty());
        if (commit.persistId().isEmpty()) {
            state.put(path + "/session", commit.session());
        }
        state.put(path + "/remaining", Math.max(0, commit.leftMs(ageMs)) / MS_PER_S);
        return state.lines.toString();
    }

    private void orphan(RevisionHistory.Orphan orphan) {
        RevisionHistory.Entry revision = orphan.revision();
        String path = HISTORY + "/orphan[device='" + orphan.device() + "'][hash='" + revision.hash() + "']";
        put(path + "/number", revision.number());
        time(path + "/kept", orphan.keptMs());
        text(path + "/instead", orphan.instead());
        about(path, revision);
    }

    private void revision(String path, RevisionHistory.Entry entry) {
        put(path + "/hash", entry.hash());
        about(path, entry);
    }

    private void about(String path, RevisionHistory.Entry entry) {
        put(path + "/parent", entry.parent());
        text(path + "/commit-id", entry.commitId());
        time(path + "/time", entry.atMs());
        text(path + "/user", entry.author().user());
        text(path + "/session", entry.author().session());
        text(path + "/comment", entry.author().comment());
        DeviceSet voters = entry.voters();
        for (int d = voters.first(); d != 0; d = voters.next(d)) {
            lines.append(path).append("/voter[.='").append(d).append("']\n");
        }
        if (entry.size() >= 0) {
            put(path + "/size", entry.size());
        }
    }

    private void time(String path, long ms) {
        if (ms > 0) {
            put(path, TIME.format(Instant.ofEpochMilli(ms)));
        }
    }

    private void text(String path, String value) {
        if (!value.isEmpty()) {
            put(path, value);
        }
    }

    private void put(String path, Object value) {
        lines.append(CanonicalLine.of(path, value.toString()));
    }
}
