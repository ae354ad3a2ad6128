package net.testudo.sim;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.testudo.element.management.ElementSnapshot;
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
