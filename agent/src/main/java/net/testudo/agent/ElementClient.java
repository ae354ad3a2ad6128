package net.testudo.agent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;

/// The agent's side of the management port: what the NETCONF server, the SNMP agent and the command line know of
/// the element. Only serialisable messages cross it, so that element and agent may be separate processes.
///
/// Safe for use by any thread. Nothing here holds up the element: both directions are bounded.
public interface ElementClient {
    /// How long [#submit(LongFunction)] waits for an answer: longer than the element itself needs to find out
    /// that a commit can have no answer (commit time-out, adoption by a new master).
    Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /// Sends a request with the time limit [#ANSWER_TIMEOUT].
    default CompletableFuture<Answer> submit(LongFunction<? extends Request> request) {
        return submit(request, ANSWER_TIMEOUT);
    }

    /// Sends a request: `client.submit(id -> new Request.Join(id, serial), timeout)`.
    ///
    /// The future always completes with an [Answer], never exceptionally:
    /// - with the element's own answer. When it names a revision, [#snapshot] shows that revision (or a newer
    ///   one) before the future completes, so that who commits can read what was committed;
    /// - `REFUSED` at once if the request was not handed over: too many wait already, or the client is closed.
    ///   It had no effect and may be repeated;
    /// - `OUTCOME_UNKNOWN` when `timeout` has passed, or the client was closed meanwhile: the request may still
    ///   take effect. A commit is looked up by its commit id ([Request.CommitStatus]). A late answer is dropped.
    ///
    /// It completes on a thread of its own; dependent stages that block belong on an executor of the caller.
    /// Cancelling it does not take the request back.
    ///
    /// @param request makes the request from the id that it has to carry, which the client chooses
    /// @param timeout how long to wait for the answer
    CompletableFuture<Answer> submit(LongFunction<? extends Request> request, Duration timeout);

    /// The newest state the element published. It is immutable; NETCONF and SNMP are started only after the
    /// first was published.
    ///
    /// @throws IllegalStateException if the element has published none yet
    ElementSnapshot snapshot();

    /// Adds a listener, which hears the newest events that were reported before (a bounded number) and the
    /// newest state, then what happens from now on.
    ///
    /// @return ends the subscription
    Subscription addListener(Listener listener);

    /// Hears what the element reports. Both are called by one delivery thread, one at a time: what blocks belongs
    /// on an executor of the listener, since it holds up the other listeners (the element goes on, and events
    /// that find the bounded queue full are counted and lost). An exception is logged and ends nothing.
    interface Listener {
        /// Something happened; in the order in which the element reported it, each event once.
        void onEvent(ElementEvent event);

        /// The state changed. Intermediate states may be left out, the last one never is.
        default void onSnapshot(ElementSnapshot snapshot) {}
    }

    /// A listener's subscription.
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        /// Ends it; a call that is under way may still finish.
        @Override
        void close();
    }
}
