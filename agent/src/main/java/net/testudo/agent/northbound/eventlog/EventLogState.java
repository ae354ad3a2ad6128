package net.testudo.agent.northbound.eventlog;

import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.element.management.ClusterTime;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Evidence;
import net.testudo.element.management.LoggedEvent;

/// The event log as canonical lines, in the order of the module.
public final class EventLogState {
    /// The name of the module.
    public static final String MODULE = "testudo-event-log";

    private static final String LOG = "/testudo-cluster:cluster/" + MODULE + ":event-log";

    private final EventLines lines = new EventLines();

    private EventLogState() {}

    /// The lines for `snapshot`.
    public static String lines(ElementSnapshot snapshot) {
        EventLogState state = new EventLogState();
        if (snapshot.log().epoch() != 0) {
            state.lines.put(LOG + "/epoch", snapshot.log().epoch());
        }
        snapshot.log().records().forEach(state::event);
        return state.lines.toString();
    }

    private void event(LoggedEvent logged) {
        ElementEvent event = logged.event();
        String path = LOG + "/event[event-id=" + CanonicalPath.quote(event.id()) + "]";
        lines.event(path, event);
        lines.put(path + "/order", logged.order());
        lines.put(path + "/kind", EventLines.text(event.kind()));
        if (event.reason() != Reason.NONE) {
            lines.put(path + "/reason", EventLines.text(event.reason()));
        }
        lines.microseconds(path + "/cluster-time", event.evidence().get(ClusterTime.EVIDENCE));
        lines.microseconds(path + "/cluster-time-uncertainty", event.evidence().get(ClusterTime.EVIDENCE_UNCERTAINTY));
        lines.microseconds(path + "/duration", event.evidence().get(Evidence.DURATION));
        lines.text(path + "/flows-moved", event.evidence().get(Evidence.FLOWS_MOVED));
    }
}
