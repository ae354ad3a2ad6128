package net.testudo.agent.management;

import java.util.ArrayDeque;
import java.util.List;
import net.testudo.element.management.ElementEvent;

/// The newest events that no agent has dealt with, in their order.
final class UnhandledEvents {
    static final int EVENTS_MAX = 256;

    private final ArrayDeque<ElementEvent> events = new ArrayDeque<>();

    /// The oldest goes if there are too many.
    void add(ElementEvent event) {
        if (events.size() == EVENTS_MAX) {
            events.remove();
        }
        events.add(event);
    }

    /// An event was dealt with, and so were those before it. One that is not known any more changes nothing.
    ///
    /// @param id of the event
    void removeUpTo(String id) {
        if (events.stream().anyMatch(event -> event.id().equals(id))) {
            while (!events.remove().id().equals(id)) {
                // older than the one that was dealt with
            }
        }
    }

    List<ElementEvent> inOrder() {
        return List.copyOf(events);
    }
}
