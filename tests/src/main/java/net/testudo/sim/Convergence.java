package net.testudo.sim;

import java.util.stream.Collectors;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Verified;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;
import org.jspecify.annotations.Nullable;

/// What a healthy cluster looks like: one master that serves, every device a member that serves, a voter, at the same
/// revision, and in sync with the master.
final class Convergence {
    private Convergence() {}

    /// What is missing, or null if nothing is.
    static @Nullable String missing(SimWorld world) {
        ElementSnapshot lead = null;
        for (SimDevice device : world.devices()) {
            ElementSnapshot snapshot = device.management().newest();
            if (!device.memberServing() || snapshot == null) {
                return device + " does not serve";
            }
            if (device.masterServing()) {
                lead = snapshot;
            }
        }
        if (lead == null) {
            return "no master serves";
        }
        for (ElementSnapshot.MemberState member : lead.members()) {
            if (!member.voter()) {
                return "member " + member.serial() + " has no vote";
            }
            if (!member.inSync()) {
                return "member " + member.serial() + " is not in sync";
            }
            if (member.verified() != Verified.VERIFIED) {
                return "what member " + member.serial() + " works with is " + member.verified();
            }
        }
        if (lead.members().size() != world.devices().size()) {
            return "the cluster has " + lead.members().size() + " members";
        }
        for (SimDevice device : world.devices()) {
            ElementSnapshot snapshot = device.management().newest();
            if (snapshot != null
                    && (snapshot.revision() != lead.revision()
                            || !snapshot.configHash().equals(lead.configHash())
                            || !snapshot.clusterId().equals(lead.clusterId()))) {
                return device + " is at revision " + snapshot.revision() + ", the master at " + lead.revision();
            }
        }
        return null;
    }

    /// One line on each device.
    static String describe(SimWorld world) {
        return world.devices().stream().map(Convergence::describe).collect(Collectors.joining("; "));
    }

    private static String describe(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot == null) {
            return device + " " + device.state();
        }
        return device + " " + device.state() + " " + snapshot.role() + " epoch " + snapshot.epoch() + " follows "
                + snapshot.master() + (device.masterServing() ? " master-lease" : "")
                + (device.memberServing() ? " lease" : "") + " revision " + snapshot.revision() + " voters "
                + snapshot.members().stream()
                        .filter(ElementSnapshot.MemberState::voter)
                        .map(m -> Integer.toString(m.device()))
                        .collect(Collectors.joining(","));
    }
}
