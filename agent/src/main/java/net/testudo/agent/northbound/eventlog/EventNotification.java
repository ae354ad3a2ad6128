package net.testudo.agent.northbound.eventlog;

import net.testudo.element.management.ElementEvent;

/// An event as the notification of `testudo-cluster` that tells of it.
public final class EventNotification {
    /// The name of the module.
    public static final String MODULE = "testudo-cluster";

    private EventNotification() {}

    /// The name of the notification.
    public static String name(ElementEvent event) {
        return EventLines.text(event.kind());
    }

    /// The notification as canonical lines, in the order of the module.
    public static String lines(ElementEvent event) {
        EventLines lines = new EventLines();
        String path = "/" + MODULE + ":" + name(event);
        lines.put(path + "/event-id", event.id());
        lines.event(path, event);
        return lines.toString();
    }
}
