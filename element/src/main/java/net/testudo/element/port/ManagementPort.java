package net.testudo.element.port;

import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import org.jspecify.annotations.Nullable;

/// The seam between the element and the agent. Only serialisable messages cross it, so that the two may be
/// separate processes. Both queues are bounded; the element never waits for the agent.
public interface ManagementPort {
    /// The next request of the agent, or null if none waits.
    @Nullable
    Request poll();

    /// Answers a request; every request gets exactly one answer.
    void answer(Answer answer);

    /// Publishes the current state; only the newest counts.
    void publish(ElementSnapshot snapshot);

    /// Reports something that happened.
    void notify(ElementEvent event);
}
