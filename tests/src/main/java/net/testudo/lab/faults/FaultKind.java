package net.testudo.lab.faults;

import java.util.Locale;
import java.util.Set;

/// What can happen to a device.
enum FaultKind {
    /// Power fails and comes back.
    KILL("its processes are killed and all its links are cut", true),
    /// Its software fails, its ports stay up; it is started again.
    KILL_LINKS_UP("its processes are killed, its links stay up", true),
    /// Its element stands still, and goes on as if nothing had happened. A short stop costs only the lease.
    STOP("its element is stopped and goes on (SIGSTOP, SIGCONT)", true),
    /// Its cluster link fails without any end noticing by itself.
    CLUSTER_CUT("its cluster link is cut silently", false),
    /// One of its data links fails without any end noticing by itself.
    DATA_CUT("one of its data links is cut silently", false),
    /// Its cluster link carries frames in one direction only.
    CLUSTER_ONE_WAY("one direction of its cluster link is cut silently", false),
    /// One of its data links carries frames in one direction only.
    DATA_ONE_WAY("one direction of one of its data links is cut silently", false),
    /// It is ended in order, and started again.
    RESTART("it is ended in order (SIGTERM) and started again", true),
    /// Its NETCONF and SNMP servers are gone; its element starts them again.
    AGENT_KILL("its agent is killed, its element goes on", false),
    /// Its NETCONF and SNMP servers hang for a while.
    AGENT_STOP("its agent is stopped and goes on (SIGSTOP, SIGCONT)", false);

    private static final String SILENT = "silent";
    private static final String GAVE_UP = "gave-up";
    private static final String NO_MASTER = "no-master";
    /// Who ends a device in order is its operator: it gives its role away first.
    private static final String OPERATOR = "operator";

    private final String description;
    private final boolean takesOut;

    FaultKind(String description, boolean takesOut) {
        this.description = description;
        this.takesOut = takesOut;
    }

    /// For people.
    String description() {
        return description;
    }

    /// Name for people and scripts, such as `kill-links-up`.
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the device cannot vote while it lasts.
    boolean takesOut() {
        return takesOut;
    }

    /// The reasons that a record of a failover may give if the master had this fault and a majority stayed, in the
    /// words of the module testudo-event-log; none if the master has to stay.
    Set<String> reasons() {
        return switch (this) {
            case KILL, KILL_LINKS_UP -> Set.of(SILENT);
            case STOP -> Set.of(SILENT, GAVE_UP, NO_MASTER);
            case RESTART -> Set.of(OPERATOR, SILENT, GAVE_UP);
            default -> Set.of();
        };
    }
}
