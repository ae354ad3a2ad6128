package net.testudo.agent.northbound.eventlog;

import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.element.management.ElementEvent;

/// An event as the notification of `testudo-cluster` that tells of it.
public final class EventNotification {
    private EventNotification() {}

    /// The notification as canonical lines, in the order of the module.
    public static String lines(ElementEvent event) {
        EventLines lines = new EventLines();
        String path = "/testudo-cluster:" + EventLines.text(event.kind());
        lines.put(path + "/event-id", event.id());
        if (event.device() != 0) {
            lines.put(path + "/device", event.device());
        }
        lines.text(path + "/serial", event.serial());
        lines.put(path + "/epoch", event.epoch());
        lines.put(path + "/cause", event.cause());
        event.evidence()
                .forEach((name, value) ->
                        lines.put(path + "/evidence[name=" + CanonicalPath.quote(name) + "]/value", value));
        return lines.toString();
    }
}
