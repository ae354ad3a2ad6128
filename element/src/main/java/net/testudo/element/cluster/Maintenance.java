package net.testudo.element.cluster;

import java.util.Map;
import java.util.Optional;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.net.DeviceSet;

/// Members that the operator takes out of service (NON-08, FOC-13): possible as long as somebody is left to serve.
final class Maintenance {
    private final ClusterState state;
    /// Members whose maintenance operators were told of.
    private DeviceSet reported;

    Maintenance(ClusterState state) {
        this.state = state;
        this.reported = state.deactivated();
    }

    /// Tells, as master, who went into maintenance or came out of it.
    void report(Effects out) {
        DeviceSet now = state.deactivated();
        ClusterConfig config = state.config;
        if (state.master && config != null) {
            DeviceSet down = now.minus(reported);
            for (int d = down.first(); d != 0; d = down.next(d)) {
                String reason =
                        config.member(d).map(ClusterConfig.Member::adminReason).orElse("");
                state.notify(
                        out, Kind.MEMBER_DOWN, d, "deactivated" + (reason.isEmpty() ? "" : ": " + reason), Map.of());
            }
            DeviceSet up = reported.minus(now).and(state.members());
            for (int d = up.first(); d != 0; d = up.next(d)) {
                state.notify(out, Kind.MEMBER_UP, d, "activated", Map.of());
            }
        }
        reported = now;
    }

    /// Why the members that `next` takes out of service, and `current` does not, have to stay.
    ///
    /// @param there members that are heard and not suspended, and the master itself
    /// @param voters that can vote
    /// @param master that is asked
    /// @return what is in the way and what to do, or nothing
    static Optional<String> refusal(
            ClusterConfig current, ClusterConfig next, DeviceSet there, DeviceSet voters, int master) {
        DeviceSet out = MemberList.deactivated(next);
        DeviceSet newlyOut = out.minus(MemberList.deactivated(current));
        DeviceSet left = MemberList.devices(next).minus(out).and(there);
        if (newlyOut.isEmpty()) {
            return Optional.empty();
        }
        if (left.isEmpty()) {
            return Optional.of("nobody could serve without " + serials(current, newlyOut)
                    + ": bring another member back, or activate one, first");
        }
        if (newlyOut.contains(master) && left.and(voters).isEmpty()) {
            return Optional.of("no other device with a vote could be master without " + serials(current, newlyOut)
                    + ": wait until one has got its vote, or bring one back, first");
        }
        return Optional.empty();
    }

    private static String serials(ClusterConfig config, DeviceSet devices) {
        StringBuilder serials = new StringBuilder();
        for (int d = devices.first(); d != 0; d = devices.next(d)) {
            serials.append(serials.isEmpty() ? "" : ", ").append(MemberList.serial(config, d));
        }
        return serials.toString();
    }
}
