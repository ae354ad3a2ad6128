package net.testudo.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.ElectionState;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.MemberClock;
import net.testudo.sim.check.CommitsKept;
import net.testudo.sim.world.SimDevice;

/// What a device says of itself and of the others, in words.
final class DeviceWords {
    private DeviceWords() {}

    /// @throws IllegalArgumentException if `what` is nothing that a device says
    static List<String> of(String what, SimDevice device) {
        return switch (what) {
            case "roles" -> List.of(role(device));
            case "revisions" -> List.of(revision(device));
            case "history" -> history(device);
            case "orphans" -> orphans(device);
            case "verification" -> List.of(verification(device));
            case "health" -> List.of(health(device));
            case "capacity" -> List.of(capacity(device));
            case "members" -> List.of(members(device));
            case "backup-sync" -> backupSync(device);
            case "versions" -> List.of(versions(device));
            case "clocks" -> List.of(clocks(device));
            case "election" -> election(device);
            case "alarms" -> alarms(device);
            case "discovered" -> discovered(device);
            default -> throw new IllegalArgumentException("unknown command: " + what);
        };
    }

    private static String role(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (device.state() != SimDevice.State.RUNNING || snapshot == null) {
            return device.number() + " " + words(device.state());
        }
        return device.number() + " " + words(snapshot.role())
                + (device.memberServing() || device.masterServing() ? "" : ", does not serve")
                + (snapshot.unwitnessed() ? ", unwitnessed" : "");
    }

    private static String revision(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot == null) {
            return device.number() + " " + words(device.state());
        }
        if (snapshot.revision() == 0) {
            return device.number() + " has no revision";
        }
        String members = snapshot.members().stream()
                .map(m -> m.device() + (m.voter() ? "" : " without vote"))
                .collect(Collectors.joining(", "));
        return device.number() + " revision " + snapshot.revision() + " "
                + CommitsKept.markerOf(snapshot.content().configuration()) + " members " + members;
    }

    private static List<String> history(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        return snapshot == null
                ? List.of()
                : snapshot.history().decided().stream()
                        .map(r -> device.number() + " revision " + r.number()
                                + (r.commitId().isEmpty() ? "" : " " + r.commitId())
                                + (r.author().user().isEmpty()
                                        ? ""
                                        : " by " + r.author().user())
                                + " voters " + r.voters() + (r.size() < 0 ? ", content not held" : ""))
                        .toList();
    }

    private static List<String> orphans(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        return snapshot == null
                ? List.of()
                : snapshot.history().orphans().stream()
                        .map(o -> device.number() + " knows of revision "
                                + o.revision().number() + " at " + o.device()
                                + (o.revision().commitId().isEmpty()
                                        ? ""
                                        : " " + o.revision().commitId())
                                + " voters " + o.revision().voters()
                                + (o.revision().size() < 0 ? ", content not held" : ""))
                        .toList();
    }

    private static String verification(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot == null) {
            return device.number() + " " + words(device.state());
        }
        return device.number() + " sees "
                + snapshot.members().stream()
                        .map(m -> m.device() + " " + words(m.verified()))
                        .collect(Collectors.joining(", "));
    }

    private static String health(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot == null) {
            return device.number() + " " + words(device.state());
        }
        return device.number() + " sees "
                + snapshot.members().stream()
                        .map(m -> m.device() + " at " + m.health())
                        .collect(Collectors.joining(", "));
    }

    private static String capacity(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot == null) {
            return device.number() + " " + words(device.state());
        }
        return device.number() + " sees "
                + snapshot.members().stream()
                        .map(m -> m.device() + " with " + m.capacity().load() + " % of "
                                + m.capacity().processors() + " processors, "
                                + m.capacity().linkMbps() + " Mbit/s"
                                + m.unmet().stream()
                                        .map(unmet -> ", unmet " + words(unmet))
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining("; "));
    }

    /// What is the same for all that hear all: who is there, in which role, how healthy, with which configuration.
    private static String members(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot == null) {
            return device.number() + " " + words(device.state());
        }
        return device.number() + " sees "
                + snapshot.members().stream()
                        .map(m -> m.device() + " " + words(m.role()) + (m.reachable() ? "" : " not heard") + " health "
                                + m.health() + " load " + m.capacity().load() + " flows " + m.flows() + " version "
                                + m.version()
                                + (m.configHash().equals(snapshot.configHash()) ? "" : " another configuration"))
                        .collect(Collectors.joining(", "));
    }

    /// How far the backup master is, at the master. Sequence numbers, octets and repetitions change with each change of
    /// the protocol and are left out.
    private static List<String> backupSync(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot == null || snapshot.backupSync().classes().isEmpty()) {
            return List.of();
        }
        BackupSync sync = snapshot.backupSync();
        String backup = sync.device() == 0 ? "no backup master" : "backup master " + sync.device();
        List<String> lines = new ArrayList<>();
        lines.add(device.number() + " " + backup + " " + words(sync.state())
                + (sync.misses() == 0 ? "" : ", " + sync.misses() + " misses")
                + (sync.retransmissions() == 0 ? "" : ", sent again"));
        sync.classes()
                .forEach(each -> lines.add("  " + each.name() + " " + each.held() + " held, lag " + each.lagRecords()
                        + ", " + each.percent() + " %"));
        snapshot.members()
                .forEach(m -> lines.add("  " + m.device() + " has "
                        + m.syncProgress().entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue() + " %")
                                .collect(Collectors.joining(", "))));
        return lines;
    }

    private static String versions(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot == null) {
            return device.number() + " " + words(device.state());
        }
        return device.number() + " uses version " + snapshot.protocolVersion() + ", sees "
                + snapshot.members().stream()
                        .map(m -> m.device() + " speaks " + (m.versions() == null ? "unknown" : m.versions()))
                        .collect(Collectors.joining(", "));
    }

    private static String clocks(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot == null) {
            return device.number() + " " + words(device.state());
        }
        return device.number() + " sees "
                + snapshot.members().stream()
                        .map(m -> m.device() + " " + clock(m.clock()))
                        .collect(Collectors.joining("; "));
    }

    private static String clock(MemberClock clock) {
        MemberClock.Offset offset = clock.offset();
        Long wallMs = clock.wallDifferenceMs();
        return (offset == null ? "offset unknown" : "known to " + upToMs(offset.uncertaintyNs()))
                + ", wall clock " + (wallMs == null ? "unknown" : Math.round(wallMs / 10.0) * 10 + " ms ahead")
                + ", " + words(clock.system().sync());
    }

    private static String upToMs(long ns) {
        return ns <= 10_000_000 ? "10 ms" : "more than 10 ms";
    }

    /// What the serving master says of the next election.
    private static List<String> election(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot == null || !device.masterServing()) {
            return List.of();
        }
        ElectionState election = snapshot.election();
        ElectionState.HandOver prepared = election.handOver();
        String contenders = election.contenders().stream()
                .map(c -> c.device() + " has score " + c.score() + (c.whyNot().isEmpty() ? "" : ", " + c.whyNot()))
                .collect(Collectors.joining("; "));
        String handOver = prepared.reason() == ElementEvent.Reason.NONE
                ? ""
                : ", hands over to " + prepared.target() + " (" + words(prepared.reason())
                        + (prepared.text().isEmpty() ? "" : ": " + prepared.text()) + ")"
                        + (prepared.waitsFor().isEmpty() ? "" : ", waits for " + prepared.waitsFor());
        return List.of(device.number() + " says that " + election.next() + " is next, penalty " + election.penalty()
                + (election.tieBreaker() == 0 ? "" : ", tie-breaker " + election.tieBreaker())
                + (election.segments() == 1 ? "" : ", " + election.segments() + " segments")
                + (election.suppressed() ? ", pre-emption suppressed" : "")
                + (election.termEndNs() == 0 ? "" : ", its term ends") + handOver + "; " + contenders);
    }

    private static List<String> alarms(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        return snapshot == null
                ? List.of()
                : snapshot.alarms().stream()
                        .map(a -> device.number() + " alarm " + a.name() + " on " + a.device() + ": " + a.text())
                        .toList();
    }

    private static List<String> discovered(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        return snapshot == null
                ? List.of()
                : snapshot.discovered().stream()
                        .map(d -> device.number() + " sees " + d.serial() + " " + d.state()
                                + (d.reason().isEmpty() ? "" : ": " + d.reason()))
                        .toList();
    }

    static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
