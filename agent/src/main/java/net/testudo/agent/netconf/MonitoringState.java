package net.testudo.agent.netconf;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.Models;

/// The state of `ietf-netconf-monitoring` (RFC 6022) as canonical lines.
final class MonitoringState {
    private static final String STATE = "/ietf-netconf-monitoring:netconf-state";

    private final String fixed;
    private final Instant started = Instant.now();
    private final Sessions sessions;
    private final Datastores datastores;

    MonitoringState(Models models, Set<String> capabilities, Sessions sessions, Datastores datastores) {
        this.sessions = sessions;
        this.datastores = datastores;
        StringBuilder lines = new StringBuilder();
        for (String capability : capabilities) {
            lines.append(STATE + "/capabilities/capability[.=")
                    .append(CanonicalPath.quote(capability))
                    .append("]\n");
        }
        for (Models.ModuleText module : models.modules()) {
            String path = STATE + "/schemas/schema[identifier=" + CanonicalPath.quote(module.name()) + "][version="
                    + CanonicalPath.quote(module.revision()) + "][format='yang']";
            lines.append(CanonicalLine.of(path + "/namespace", module.namespace()));
            lines.append(path).append("/location[.='NETCONF']\n");
        }
        fixed = lines.toString();
    }

    /// The lines of this moment.
    String lines() {
        StringBuilder lines = new StringBuilder(fixed);
        for (Datastores.Name name : Datastores.Name.values()) {
            String path = STATE + "/datastores/datastore[name='" + name.yang() + "']";
            lines.append(path).append('\n');
            datastores.holder(name).ifPresent(lock -> {
                String global = path + "/locks/global-lock";
                lines.append(CanonicalLine.of(global + "/locked-by-session", Long.toString(lock.session())));
                lines.append(CanonicalLine.of(global + "/locked-time", time(lock.since())));
            });
        }
        long inRpcs = 0;
        long badRpcs = 0;
        long errors = 0;
        long notifications = 0;
        for (NetconfSession session : sessions.all()) {
            session(lines, session);
            inRpcs += session.inRpcs();
            badRpcs += session.inBadRpcs();
            errors += session.outErrors();
            notifications += session.outNotifications();
        }
        String statistics = STATE + "/statistics";
        lines.append(CanonicalLine.of(statistics + "/netconf-start-time", time(started)));
        lines.append(CanonicalLine.of(statistics + "/in-sessions", Long.toString(sessions.begun())));
        lines.append(CanonicalLine.of(statistics + "/dropped-sessions", Long.toString(sessions.dropped())));
        counters(lines, statistics, new long[] {inRpcs, badRpcs, errors, notifications});
        return lines.toString();
    }

    private static void session(StringBuilder lines, NetconfSession session) {
        String path = STATE + "/sessions/session[session-id='" + session.id() + "']";
        lines.append(CanonicalLine.of(path + "/transport", session.transport()));
        lines.append(CanonicalLine.of(path + "/username", session.user()));
        lines.append(CanonicalLine.of(path + "/source-host", session.host()));
        lines.append(CanonicalLine.of(path + "/login-time", time(session.since())));
        counters(lines, path, new long[] {
            session.inRpcs(), session.inBadRpcs(), session.outErrors(), session.outNotifications()
        });
    }

    private static void counters(StringBuilder lines, String path, long[] counters) {
        lines.append(CanonicalLine.of(path + "/in-rpcs", Long.toString(counters[0])));
        lines.append(CanonicalLine.of(path + "/in-bad-rpcs", Long.toString(counters[1])));
        lines.append(CanonicalLine.of(path + "/out-rpc-errors", Long.toString(counters[2])));
        lines.append(CanonicalLine.of(path + "/out-notifications", Long.toString(counters[3])));
    }

    private static String time(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }
}
