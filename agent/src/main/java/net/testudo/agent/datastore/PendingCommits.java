package net.testudo.agent.datastore;

import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Author;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The confirmed commit that running waits for, if there is one: who may confirm it, and how it is
/// undone. Safe for use by any thread.
public final class PendingCommits {
    /// The comment of the revision that undoes a confirmed commit because somebody cancelled it.
    public static final String CANCELLED = "confirmed commit cancelled";

    /// Of the older content, from its first to its last character that differs: the devices keep twice as many of all
    /// older contents together, and what they do not keep cannot come back.
    private static final int UNDONE_CHARACTERS_MAX = 128 * 1024;

    private static final long NS_PER_MS = 1_000_000;

    private final ElementClient element;
    private final CanonicalForm form;
    private final LongSupplier clockNs;
    /// Tells sessions of this process from those of another one.
    private final String server = UUID.randomUUID().toString();

    /// @param clockNs the clock of the snapshots, as [System#nanoTime]
    public PendingCommits(Models models, ElementClient element, LongSupplier clockNs) {
        this.element = element;
        form = models.canonicalForm();
        this.clockNs = clockNs;
    }

    /// The one that waits.
    public Optional<PendingCommit> pending() {
        return PendingCommit.of(element.snapshot().content());
    }

    /// How long the cluster runs, in milliseconds: by this it waits. It is the same at every master, and begins anew
    /// when all of the cluster was down.
    public long ageMs() {
        return Math.max(0, clockNs.getAsLong() - element.snapshot().clusterStartedNs()) / NS_PER_MS;
    }

    /// Whether `waiting` ends with a session of this process.
    public boolean endsWithSessionOfHere(PendingCommit waiting) {
        return waiting.persistId().isEmpty() && waiting.server().equals(server);
    }

    /// Refuses the lock of running to a session that could not end what waits (RFC 6241 §7.5).
    void demandLock(long session) throws RpcException {
        Optional<PendingCommit> waiting = pending();
        boolean other = waiting.isPresent()
                && !(endsWithSessionOfHere(waiting.get()) && waiting.get().session() == session);
        if (other) {
            throw new RpcException(Locks.denied(
                    "a confirmed commit of user " + waiting.get().user() + " waits for its confirmation",
                    endsWithSessionOfHere(waiting.get()) ? waiting.get().session() : 0));
        }
    }

    /// Refuses a commit that may not be made while another one waits.
    ///
    /// @param base number of the revision that it changes
    /// @return the one that it confirms or extends
    Optional<PendingCommit> demandCommit(Confirmation confirmation, long session, long base) throws RpcException {
        Optional<PendingCommit> waiting = pending();
        if (waiting.isPresent()) {
            waiting.get().demand(confirmation.persistId(), session, server);
        } else if (!confirmation.persistId().isEmpty()) {
            throw new RpcException(RpcError.protocol("invalid-value", "no confirmed commit waits")
                    .withInfo("bad-element", "persist-id"));
        }
        if (confirmation.confirmed() && base == 0) {
            throw new RpcException(RpcError.protocol(
                    "operation-not-supported",
                    "the commit that forms a cluster cannot be undone: commit it without 'confirmed'"));
        }
        return waiting;
    }

    /// What waits once a confirmed commit is done.
    ///
    /// @param extended the one that it extends
    /// @param base number of the revision that it changes
    PendingCommit next(
            Optional<PendingCommit> extended, long base, Confirmation confirmation, String user, long session) {
        return new PendingCommit(
                extended.map(PendingCommit::restores).orElse(base),
                ageMs(),
                confirmation.timeoutS(),
                user,
                session,
                server,
                confirmation.persist());
    }

    /// Refuses a confirmed commit that changes so much that it could not be undone.
    ///
    /// @param after what it would make of running
    void demandUndoable(Content after) throws RpcException {
        Content before = element.snapshot().content();
        int changed =
                changed(before.configuration(), after.configuration()) + changed(before.secrets(), after.secrets());
        if (changed > UNDONE_CHARACTERS_MAX) {
            throw new RpcException(RpcError.application(
                    "too-big",
                    "too-large-to-undo",
                    "",
                    "it replaces " + changed + " characters of the configuration at once, and up to "
                            + UNDONE_CHARACTERS_MAX
                            + " can be undone: commit in smaller steps, or without 'confirmed'"));
        }
    }

    /// How many characters of `before` stand between what both begin and end with.
    private static int changed(String before, String after) {
        int shorter = Math.min(before.length(), after.length());
        int start = 0;
        while (start < shorter && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && before.charAt(before.length() - 1 - end) == after.charAt(after.length() - 1 - end)) {
            end++;
        }
        return before.length() - start - end;
    }

    /// Undoes what waits, on behalf of a session.
    ///
    /// @param persistId of it, or empty if it is one of the own session
    public void cancel(long session, String persistId, Author author) throws RpcException {
        PendingCommit waiting = pending()
                .orElseThrow(() -> new RpcException(RpcError.application(
                        "operation-failed", "no-confirmed-commit", "", "no confirmed commit waits")));
        waiting.demand(persistId, session, server);
        restore(waiting, author);
    }

    /// Brings back what was before a confirmed commit, with the members of running; also if running is
    /// locked.
    ///
    /// @throws RpcException if it cannot be done now
    public void restore(PendingCommit waiting, Author author) throws RpcException {
        Answer held = element.submit(id -> new Request.FetchRevision(id, waiting.restores()))
                .join();
        if (held.outcome() != Answer.Outcome.OK || held.held().isEmpty()) {
            throw new RpcException(ElementAnswer.error(held, ""));
        }
        ElementSnapshot now = element.snapshot();
        Content restored = restored(held.held().getFirst().content(), now.content());
        String commitId = UUID.randomUUID().toString();
        Answer answer = element.submit(id -> new Request.Commit(id, commitId, now.revision(), restored, author))
                .join();
        if (answer.outcome() != Answer.Outcome.OK) {
            throw new RpcException(ElementAnswer.error(answer, commitId));
        }
    }

    private Content restored(Content older, Content running) throws RpcException {
        try {
            ContainerNode present = form.tree(running);
            Content kept = MemberEntries.kept(older, form.content(present));
            return form.content(form.tree(PendingCommit.without(kept)));
        } catch (CanonicalFormException e) {
            throw new RpcException(
                    RpcError.application("operation-failed", "schema-mismatch", "", String.valueOf(e.getMessage())));
        }
    }
}
