package net.testudo.element.cluster;

import java.util.Map;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.net.DeviceSet;
import org.jspecify.annotations.Nullable;

/// Tells of members that a decided revision lists for the first time, or no more. It is told by the master
/// that decides, also when a former master had proposed it, and of what was decided only.
final class MemberChange {
    private final ClusterState state;
    private final @Nullable ClusterConfig before;
    private final DeviceSet members;

    /// Before the revision is adopted.
    MemberChange(ClusterState state) {
        this.state = state;
        before = state.config;
        members = state.members();
    }

    /// After it was.
    void tell(Effects out) {
        DeviceSet joined = state.members().minus(members);
        for (int d = joined.first(); d != 0; d = joined.next(d)) {
            String serial = serial(state.config, d);
            tell(Kind.MEMBER_JOINED, d, serial, "admitted as " + serial, out);
        }
        DeviceSet left = members.minus(state.members());
        for (int d = left.first(); d != 0; d = left.next(d)) {
            String serial = serial(before, d);
            tell(Kind.MEMBER_LEFT, d, serial, "revision " + state.number() + " does not list " + serial, out);
        }
    }

    private void tell(Kind kind, int device, String serial, String cause, Effects out) {
        ElementEvent event = new ElementEvent(
                state.newEventId(), kind, device, serial, state.masterEpoch, Reason.NONE, cause, Map.of());
        state.tell(out, event);
    }

    private static String serial(@Nullable ClusterConfig config, int device) {
        return config == null ? "" : MemberList.serial(config, device);
    }
}
