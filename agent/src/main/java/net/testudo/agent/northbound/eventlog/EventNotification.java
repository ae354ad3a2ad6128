package net.testudo.agent.northbound.eventlog;

import net.testudo.element.management.ElementEvent;

/// An event as the notification of `testudo-cluster` that tells of it.
public final class EventNotification {
    private EventNotification() {}

    /// The notification as canonical lines, in the order of the module.
    public static String lines(ElementEvent event) {
        EventLines lines = new EventLines();
        String path = "/testudo-cluster:" + EventLines.text(event.kind());
        lines.put(path + "/event-id", event.id());
        lines.event(path, event);
        return lines.toString();
    }
}
