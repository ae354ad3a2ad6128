package net.testudo.element.cluster;

import java.util.List;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.policy.Policy;
import net.testudo.element.policy.PolicyProbes;
import net.testudo.element.policy.Verdict;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.FlowProbe;
import net.testudo.element.wire.cluster.InspectionMessage;
import net.testudo.element.wire.cluster.InspectionMessage.Finding;
import net.testudo.element.wire.cluster.InspectionMessage.Inquiry;
import net.testudo.element.wire.cluster.ProbeVerdict;

/// Asks each member what its data path decides about packets, a part of them at a time, again and again, and compares
/// that with what the decided policy says, compiled for the purpose (VER-03). A part that differs is asked again until
/// it does not.
final class Inspection {
    private static final long INTERVAL_NS = 100_000_000L;
    /// The answer was lost with its session.
    private static final long LOST_NS = 1_000_000_000L;

    private final ClusterState state;
    private final long[] askedNs = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] asked = new long[DeviceSet.DEVICE_MAX + 1];
    private final int[] part = new int[DeviceSet.DEVICE_MAX + 1];
    private DeviceSet differing = DeviceSet.NONE;
    private List<FlowProbe> probes = List.of();
    private List<ProbeVerdict> expected = List.of();
    private long number = -1;
    private long question;
    private String last = "";

    Inspection(ClusterState state) {
        this.state = state;
    }

    /// A new master finds out for itself.
    void begin() {
        differing = DeviceSet.NONE;
        java.util.Arrays.fill(asked, 0);
        java.util.Arrays.fill(part, 0);
        java.util.Arrays.fill(askedNs, Peer.NEVER);
        number = -1;
    }

    /// Whether the data path of `device` decided otherwise when it was asked last.
    boolean differs(int device) {
        return differing.contains(device);
    }

    /// The packet that was decided otherwise last, in words.
    String difference() {
        return last;
    }

    /// Asks `device`, which works with the newest revision, if it is time to.
    void ask(int device, long nowNs, Effects out) {
        ClusterConfig config = state.config;
        boolean waits = asked[device] != 0 && nowNs - askedNs[device] < LOST_NS;
        if (config == null || waits || nowNs - askedNs[device] < INTERVAL_NS) {
            return;
        }
        compile(config);
        if (from(device) >= probes.size()) {
            part[device] = 0;
        }
        askedNs[device] = nowNs;
        asked[device] = ++question;
        Inquiry inquiry = new Inquiry(question, probes.subList(from(device), to(device)));
        out.add(
                device == state.self()
                        ? new Effect.TellVerdicts(device, inquiry)
                        : new Effect.SendMessage(device, new ControlMessage.Inspect(inquiry)));
    }

    private int from(int device) {
        return part[device] * InspectionMessage.PROBES_MAX;
    }

    private int to(int device) {
        return Math.min(probes.size(), from(device) + InspectionMessage.PROBES_MAX);
    }

    private void compile(ClusterConfig config) {
        if (number != state.number()) {
            number = state.number();
            Policy policy = Policy.compile(config);
            probes = PolicyProbes.of(config);
            expected = probes.stream()
                    .map(probe -> PolicyProbes.verdict(policy, probe))
                    .toList();
            java.util.Arrays.fill(asked, 0);
            java.util.Arrays.fill(part, 0);
        }
    }

    void onFinding(int device, Finding finding) {
        if (finding.id() == 0 || finding.id() != asked[device]) {
            return;
        }
        asked[device] = 0;
        if (finding.number() != number || number != state.number()) {
            return;
        }
        int first = from(device);
        for (int i = first; i < to(device); i++) {
            ProbeVerdict told = i - first < finding.verdicts().size()
                    ? finding.verdicts().get(i - first)
                    : new ProbeVerdict(-1, -1, 0);
            if (!told.equals(expected.get(i))) {
                differing = differing.with(device);
                last = words(probes.get(i), told, expected.get(i));
                return;
            }
        }
        differing = differing.without(device);
        part[device]++;
    }

    private String words(FlowProbe probe, ProbeVerdict told, ProbeVerdict wanted) {
        ClusterConfig config = state.config;
        String network = config == null || probe.network() >= config.networks().size()
                ? ""
                : " from " + config.networks().get(probe.network()).name();
        return "protocol " + FlowKey.protocol(probe.selectors()) + network + ", "
                + new Ipv4Address(FlowKey.source(probe.addresses())) + " to "
                + new Ipv4Address(FlowKey.destination(probe.addresses())) + " port "
                + FlowKey.destinationPort(probe.selectors()) + ": " + words(told) + ", not " + words(wanted);
    }

    private static String words(ProbeVerdict verdict) {
        return Verdict.words(verdict.verdict()) + (verdict.rule() < 0 ? "" : " by rule " + (verdict.rule() + 1));
    }
}
