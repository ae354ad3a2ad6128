package net.testudo.agent.netconf;

import net.testudo.agent.ElementClient;
import net.testudo.agent.access.AccessControl;
import net.testudo.agent.northbound.cluster.ClusterState;
import net.testudo.agent.northbound.eventlog.EventLogState;
import net.testudo.agent.northbound.revisions.RevisionsState;
import net.testudo.agent.northbound.yanglib.YangLibrary;
import net.testudo.element.management.ElementSnapshot;

/// All state of the server as canonical lines.
///
/// @param element knows the cluster
/// @param confirmed watches the confirmed commit that waits
/// @param control counts what it denied
/// @param events is the stream of notifications
/// @param monitoring knows the sessions
/// @param library lists the modules
record StateLines(
        ElementClient element,
        ConfirmedCommits confirmed,
        AccessControl control,
        EventStream events,
        MonitoringState monitoring,
        YangLibrary library) {
    /// The lines of this moment.
    String now() {
        ElementSnapshot snapshot = element.snapshot();
        return ClusterState.lines(snapshot)
                + EventLogState.lines(snapshot)
                + RevisionsState.lines(snapshot.history())
                + confirmed.lines()
                + control.lines()
                + events.lines()
                + monitoring.lines()
                + library.lines();
    }
}
