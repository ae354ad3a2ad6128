package net.testudo.element.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ClusterConfig.VerificationMode;
import net.testudo.element.config.DeviceConfiguration;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.Verified;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Reapply;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.InForce;
import net.testudo.element.wire.cluster.InspectionMessage;
import net.testudo.element.wire.cluster.StatusMessage;
import org.jspecify.annotations.Nullable;

/// Whether the members work with the decided configuration, and what the master does about one that does not
/// (VER-02, VER-04..06, DCF-10, DCF-11):
///
/// ```
///  verified --hashes differ--> DRIFTED: event, alarm, sent again --differs still--> ... verify-max-attempts
///      ^                          |                                                       |
///      +- hashes stay equal for AGAIN -+                     suspended, taken out of the cluster, may join later
/// ```
final class Verification {
    /// Longer than a device needs to take a configuration into use, store it and read it back.
    private static final long AGAIN_NS = 1_000_000_000L;

    private final ClusterState state;
    private final ClusterNode node;
    private final Suspensions suspensions;
    private final int[] attempts = new int[DeviceSet.DEVICE_MAX + 1];
    private final long[] triedNs = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] differedNs = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] passed = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] unconfirmedSinceNs = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] unconfirmedNumber = new long[DeviceSet.DEVICE_MAX + 1];
    private final Inspection inspection;
    private final long[] deviceWords = new long[DeviceSet.DEVICE_MAX + 1];
    private long deviceWordsOf = -1;
    private DeviceSet drifted = DeviceSet.NONE;
    private DeviceSet excluded = DeviceSet.NONE;

    Verification(ClusterState state, ClusterNode node, Suspensions suspensions) {
        this.state = state;
        this.node = node;
        this.suspensions = suspensions;
        inspection = new Inspection(state);
    }

    /// Members that work with something else, as this master knows.
    DeviceSet drifted() {
        return drifted;
    }

    /// A new master finds out for itself.
    void begin() {
        java.util.Arrays.fill(attempts, 0);
        java.util.Arrays.fill(unconfirmedNumber, 0);
        inspection.begin();
        drifted = DeviceSet.NONE;
        excluded = DeviceSet.NONE;
    }

    /// What a device says that it works with, compared with the newest revision.
    Verified standing(int device, long nowNs) {
        InForce inForce = inForce(device, nowNs);
        if (inForce == null || inForce.number() != state.number()) {
            return inForce != null && isUnconfirmed(device, nowNs) ? Verified.NOT_CONFIRMED : Verified.UNKNOWN;
        }
        if (state.verificationMode() == VerificationMode.CONFIRM) {
            return Verified.VERIFIED;
        }
        if (inForce.cluster() != state.header().contentHash().w0()) {
            return Verified.CLUSTER_DIFFERS;
        }
        if (inForce.device() != deviceWord(device)) {
            return Verified.DEVICE_DIFFERS;
        }
        boolean inspected = state.verificationMode() == VerificationMode.INSPECT && inspection.differs(device);
        return inspected ? Verified.POLICY_DIFFERS : Verified.VERIFIED;
    }

    /// A status says again and again which revision its sender took into use, so that no confirmation is lost for ever:
    /// one that does not come means that the revision is held and not used (VER-01).
    private boolean isUnconfirmed(int device, long nowNs) {
        return unconfirmedNumber[device] == state.number() && nowNs - unconfirmedSinceNs[device] > AGAIN_NS;
    }

    private void noteUnconfirmed(int device, long nowNs) {
        InForce inForce = inForce(device, nowNs);
        long held = device == state.self() ? state.storedNumber() : state.peer(device).decidedNumber;
        boolean waits = inForce != null && held == state.number() && inForce.number() != held;
        if (!waits) {
            unconfirmedNumber[device] = 0;
        } else if (unconfirmedNumber[device] != held) {
            unconfirmedNumber[device] = held;
            unconfirmedSinceNs[device] = nowNs;
        }
    }

    /// What members tell about their data paths, and ask about this one's.
    void onMessage(int from, InspectionMessage message, Effects out) {
        switch (message) {
            case InspectionMessage.Inquiry inquiry -> out.add(new Effect.TellVerdicts(from, inquiry));
            case InspectionMessage.Finding finding -> inspection.onFinding(from, finding);
        }
    }

    private @Nullable InForce inForce(int device, long nowNs) {
        if (device == state.self()) {
            return state.inForce;
        }
        StatusMessage status = state.peer(device).status;
        return status == null || state.isSilent(device, nowNs) ? null : status.inForce();
    }

    private long deviceWord(int device) {
        if (deviceWordsOf != state.number()) {
            deviceWordsOf = state.number();
            DeviceSet members = state.members();
            for (int d = members.first(); d != 0; d = members.next(d)) {
                String text = DeviceConfiguration.text(derived(d));
                deviceWords[d] =
                        Digest.of(text.getBytes(StandardCharsets.UTF_8)).w0();
            }
        }
        return deviceWords[device];
    }

    private Optional<DeviceConfiguration> derived(int device) {
        ClusterConfig config = state.config;
        return config == null
                ? Optional.empty()
                : DeviceConfiguration.derive(config, state.durable.clusterId(), MemberList.serial(config, device));
    }

    void doWork(long nowNs, Effects out) {
        if (!state.master) {
            drifted = DeviceSet.NONE;
            return;
        }
        drifted = drifted.and(state.members());
        excluded = excluded.and(state.members());
        if (!state.masterLeaseValid(nowNs)) {
            return;
        }
        DeviceSet members = state.members();
        for (int d = members.first(); d != 0; d = members.next(d)) {
            // Who follows another master works with that one's configuration.
            if (follows(d)) {
                noteUnconfirmed(d, nowNs);
                judge(d, standing(d, nowNs), nowNs, out);
            }
        }
        suspensions.unverified(excluded);
    }

    private void judge(int device, Verified standing, long nowNs, Effects out) {
        switch (standing) {
            case UNKNOWN -> {}
            case VERIFIED -> verified(device, nowNs);
            case CLUSTER_DIFFERS ->
                differs(device, "cluster", "it works with another configuration than the decided one", nowNs, out);
            case DEVICE_DIFFERS ->
                differs(device, "device", "what it derived for itself is not what the configuration says", nowNs, out);
            case POLICY_DIFFERS ->
                differs(
                        device,
                        "policy",
                        "its data path decides otherwise than the configuration says: " + inspection.difference(),
                        nowNs,
                        out);
            case NOT_CONFIRMED ->
                differs(device, "confirmation", "it holds the revision and did not take it into use", nowNs, out);
        }
        boolean inUse = standing == Verified.VERIFIED || standing == Verified.POLICY_DIFFERS;
        if (inUse && state.verificationMode() == VerificationMode.INSPECT) {
            inspection.ask(device, nowNs, out);
        }
    }

    private boolean follows(int device) {
        StatusMessage status = state.peer(device).status;
        return device == state.self() || (status != null && status.follows() == state.self());
    }

    /// Equal for a moment is not equal: what differs again and again is one drift.
    private void verified(int device, long nowNs) {
        if (drifted.contains(device) && nowNs - differedNs[device] < AGAIN_NS) {
            return;
        }
        if (passed[device] != state.number()) {
            passed[device] = state.number();
            state.count("verify-cluster-passed");
            state.count("verify-device-passed");
            state.count("verify-confirmation-passed");
        }
        attempts[device] = 0;
        drifted = drifted.without(device);
        excluded = excluded.without(device);
    }

    private void differs(int device, String part, String cause, long nowNs, Effects out) {
        differedNs[device] = nowNs;
        if (!drifted.contains(device)) {
            drifted = drifted.with(device);
            triedNs[device] = Peer.NEVER;
            passed[device] = 0;
            state.notify(out, Kind.CONFIGURATION_DRIFTED, device, cause, Map.of("part", part));
        }
        if (nowNs - triedNs[device] < AGAIN_NS) {
            return;
        }
        triedNs[device] = nowNs;
        if (attempts[device] < state.verifyAttemptsMax()) {
            attempts[device]++;
            state.count("verify-" + part + "-failed");
            sendAgain(device, out);
        } else {
            exclude(device, nowNs, out);
        }
    }

    private void sendAgain(int device, Effects out) {
        if (device == state.self()) {
            out.add(new Effect.ApplyAgain());
        } else {
            Reapply again = new Reapply(state.masterEpoch, state.line().newest());
            out.add(new Effect.SendMessage(device, again));
        }
    }

    /// Takes a device out. The master itself hands over first: the next master then does it.
    private void exclude(int device, long nowNs, Effects out) {
        if (device == state.self()) {
            node.mastership().succession().giveUp();
            return;
        }
        if (!excluded.contains(device)) {
            excluded = excluded.with(device);
            String cause = "verify-failed: sent " + attempts[device] + " times, it works with something else";
            state.notify(
                    out, Kind.VERIFY_FAILED, device, cause, Map.of("attempts", Integer.toString(attempts[device])));
        }
        ClusterConfig config = state.config;
        String serial = config == null ? "" : MemberList.serial(config, device);
        if (!node.commit().busy()
                && node.membership().missingWithout(device, serial, nowNs).isEmpty()) {
            node.admission().holdOff(serial, nowNs + state.verifyRetryNs());
            node.membership().remove(device, serial, new Membership.Quiet(), nowNs, out);
        }
    }
}
