package net.testudo.agent.netconf;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import net.testudo.agent.ElementClient;
import net.testudo.agent.datastore.PendingCommit;
import net.testudo.agent.datastore.PendingCommits;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.northbound.revisions.RevisionsState;
import net.testudo.element.management.Author;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Undoes a confirmed commit that is not confirmed in time, whose session is over, or after which all of
/// the cluster was down (RFC 6241 §8.4.1). Every device looks, and the serving master acts: a master
/// that takes over in the middle of the time goes on with it, since the commit stands in running and its
/// time is the age of the cluster.
final class ConfirmedCommits implements ElementClient.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfirmedCommits.class);
    private static final long RETRY_MS = 1_000;

    private final ElementClient element;
    private final PendingCommits commits;
    private final LongPredicate isOpen;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("netconf-confirm").daemon().factory());
    private final ElementClient.Subscription listening;
    private Optional<Future<?>> timer = Optional.empty();

    /// @param isOpen whether a session of this process is
    ConfirmedCommits(ElementClient element, PendingCommits commits, LongPredicate isOpen) {
        this.element = element;
        this.commits = commits;
        this.isOpen = isOpen;
        listening = element.addListener(this);
        look();
    }

    @Override
    public void onEvent(ElementEvent event) {}

    @Override
    public void onSnapshot(ElementSnapshot snapshot) {
        look();
    }

    /// Looks whether something has to be undone: a session ended, or running changed.
    void look() {
        try {
            worker.execute(this::undoWhatIsDue);
        } catch (RejectedExecutionException _) {
            LOG.debug("the server is being closed");
        }
    }

    private void undoWhatIsDue() {
        timer.ifPresent(waiting -> waiting.cancel(false));
        timer = Optional.empty();
        ElementSnapshot now = element.snapshot();
        Optional<PendingCommit> waiting = PendingCommit.of(now.content());
        if (waiting.isEmpty() || !now.masterServing()) {
            return;
        }
        String reason = due(waiting.get());
        if (reason.isEmpty()) {
            again(Math.max(1, waiting.get().leftMs(commits.ageMs())));
            return;
        }
        String what = "the confirmed commit of user " + waiting.get().user() + " is undone: " + reason;
        try {
            commits.restore(waiting.get(), new Author("", "", what));
            LOG.warn("{}; revision {} is back", what, waiting.get().restores());
        } catch (RpcException e) {
            LOG.warn("{}, which is tried again: {}", what, e.getMessage());
            again(RETRY_MS);
        }
    }

    /// Why it is undone now, or an empty text.
    private String due(PendingCommit waiting) {
        long ageMs = commits.ageMs();
        if (waiting.leftMs(ageMs) <= 0) {
            return "it was not confirmed within " + waiting.timeoutS() + " s";
        }
        if (ageMs < waiting.sinceMs()) {
            return "all of the cluster was down";
        }
        boolean orphaned = waiting.persistId().isEmpty()
                && !(commits.endsWithSessionOfHere(waiting) && isOpen.test(waiting.session()));
        return orphaned ? "its session is over" : "";
    }

    private void again(long delayMs) {
        timer = Optional.of(worker.schedule(this::undoWhatIsDue, delayMs, TimeUnit.MILLISECONDS));
    }

    /// The one that waits as canonical lines of `testudo-revisions`.
    String lines() {
        return RevisionsState.pending(commits.pending(), commits.ageMs());
    }

    @Override
    public void close() {
        listening.close();
        worker.shutdownNow();
    }
}
