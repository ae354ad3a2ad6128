package net.testudo.element.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.DeviceConfiguration;
import net.testudo.element.config.RevisionHash;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Answer.Outcome;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementSnapshot.DiscoveredDevice;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.DeviceIdentity;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.Revision;
import org.jspecify.annotations.Nullable;

/// The master's side of discovery and admission: who is there, who may join, the join itself
/// (DSC-01, DSC-10, DSC-13, ELG-01, DCF-01..06, VER-02, JON-01, JON-13..15).
///
/// ```
///  discovered --join--> OPENING --join key proved--> OFFERED --hashes equal--> KEYED --revision with its public key-->
///  VERIFIED --in sync, revision with it as member and voter--> member
/// ```
final class Admission {
    private static final int DISCOVERED_MAX = 64;
    private static final long JOIN_TIMEOUT_NS = 15_000_000_000L;
    /// A rejected device may be admitted again after this time (NON-07).
    private static final long TRY_AGAIN_NS = 3_000_000_000L;
    /// A member that was heard for so long after it announced itself without a cluster has one.
    private static final long OUTDATED_NS = 3_000_000_000L;
    private static final String DUPLICATE = "another device announces the same serial number: give each device its own";

    private final ClusterState state;
    private final Commit commit;
    private final DeviceIdentity own;
    private final Map<String, Seen> discovered = new TreeMap<>();
    private final Map<String, Join> joins = new TreeMap<>();
    private final SerialNumbers serialNumbers;
    private final Introduction introduction;
    private long discoveryNs = Peer.NEVER;
    private String lockHolder = "";
    /// Until when devices that were taken out do not join by themselves.
    private final Map<String, Long> heldOffUntilNs = new TreeMap<>();

    Admission(ClusterState state, Commit commit, DeviceIdentity own) {
        this.state = state;
        this.commit = commit;
        this.own = own;
        this.serialNumbers = new SerialNumbers(state.serial);
        this.introduction = new Introduction(state);
    }

    /// The devices that are being admitted.
    DeviceSet joining() {
        DeviceSet devices = DeviceSet.NONE;
        for (Join join : joins.values()) {
            devices = devices.with(join.device);
        }
        return devices;
    }

    /// Serial numbers that two devices carry.
    Set<String> duplicates() {
        return serialNumbers.duplicates();
    }

    List<DiscoveredDevice> discovered() {
        return discovered.values().stream()
                .map(seen -> new DiscoveredDevice(
                        seen.identity.serial(),
                        seen.mac.toString(),
                        seen.identity.softwareVersion(),
                        String.join(",", seen.identity.capabilities()),
                        seen.identity.licence(),
                        seen.state,
                        seen.reason,
                        seen.firstNs))
                .toList();
    }

    void onDeviceHeard(Event.DeviceHeard heard, long nowNs, Effects out) {
        String serial = heard.identity().serial();
        serialNumbers.announced(serial, heard.mac(), nowNs);
        if (serial.equals(state.serial)) {
            return;
        }
        boolean ours = state.configured() && heard.clusterId().equals(state.durable.clusterId());
        if (ours && !serialNumbers.isDuplicate(serial)) {
            introduce(serial, nowNs, out);
        }
        if (ours && isMember(serial)) {
            if (!serialNumbers.isDuplicate(serial)) {
                discovered.remove(serial);
            }
            return;
        }
        Seen seen = discovered.get(serial);
        if (seen == null) {
            if (discovered.size() >= DISCOVERED_MAX) {
                state.count("discovered-table-full");
                return;
            }
            seen = new Seen(heard.identity(), heard.mac(), heard.clusterId(), nowNs);
            discovered.put(serial, seen);
            // All devices of a cluster hear it; the master tells.
            if (state.master || state.followed == 0) {
                state.notify(out, Kind.DEVICE_DISCOVERED, 0, "device " + serial + " heard", Map.of("serial", serial));
            }
        }
        seen.lastNs = nowNs;
        seen.clusterId = heard.clusterId();
        Join join = joins.get(serial);
        if (join != null
                && (join.phase == Join.Phase.KEYED || join.phase == Join.Phase.VERIFIED)
                && heard.clusterId().isEmpty()) {
            fail(join, "it lost its configuration during the join", out);
        }
        judge(seen, nowNs);
    }

    private void introduce(String serial, long nowNs, Effects out) {
        ClusterConfig config = state.config;
        if (config != null && !joins.containsKey(serial)) {
            introduction.onHeard(serial, config, nowNs, out);
        }
    }

    private boolean isMember(String serial) {
        ClusterConfig config = state.config;
        return config != null && config.member(serial).isPresent();
    }

    /// The number of the member with this serial number, 0 if there is none.
    private int memberNumber(String serial) {
        ClusterConfig config = state.config;
        return config == null ? 0 : MemberList.device(config, serial).orElse(0);
    }

    /// Whether a member announced `seen` before it was last heard as a member: it joined since.
    private boolean outdated(Seen seen) {
        int device = memberNumber(seen.identity.serial());
        return device != 0 && seen.lastNs - state.peer(device).heardNs <= 0;
    }

    /// Whether the member with this number says that it belongs to no cluster: it was reset, and forgot
    /// what it promised.
    boolean announcedWithoutCluster(int device) {
        ClusterConfig config = state.config;
        String serial = config == null ? "" : MemberList.serial(config, device);
        Seen seen = discovered.get(serial);
        return seen != null && seen.clusterId.isEmpty() && !outdated(seen) && !serialNumbers.isDuplicate(serial);
    }

    private void judge(Seen seen, long nowNs) {
        if (joins.containsKey(seen.identity.serial())) {
            seen.state = "joining";
            seen.reason = "";
            return;
        }
        if (isHeldOff(seen.identity.serial(), nowNs)) {
            seen.state = "rejected";
            seen.reason =
                    "verify-failed: it was taken out since what it worked with could not be verified; the rpc join "
                            + "admits it at once";
            return;
        }
        if (seen.state.equals("rejected") && seen.lastNs - seen.rejectedNs < TRY_AGAIN_NS) {
            return;
        }
        Optional<String> why = Eligibility.check(own, seen.identity, seen.clusterId, state.durable.clusterId());
        int member = memberNumber(seen.identity.serial());
        if (serialNumbers.isDuplicate(seen.identity.serial())) {
            why = Optional.of(DUPLICATE);
        } else if (state.configured() && number(seen.identity.serial()) == 0) {
            why = Optional.of("all " + DeviceSet.DEVICE_MAX + " device numbers were given: form the cluster anew");
        } else if (member != 0 && !state.isSilent(member, nowNs)) {
            why = Optional.of("device " + member + " has this serial number and is there: give each device its own");
        }
        seen.state = why.isEmpty() ? "discovered" : "ineligible";
        seen.reason = why.orElse("");
    }

    /// A device that is taken out now does not join by itself before `untilNs` (NON-07).
    void holdOff(String serial, long untilNs) {
        heldOffUntilNs.put(serial, untilNs);
    }

    private boolean isHeldOff(String serial, long nowNs) {
        return nowNs - heldOffUntilNs.getOrDefault(serial, Peer.NEVER) < 0;
    }

    void doWork(long nowNs, Effects out) {
        serialNumbers.forget(nowNs);
        heldOffUntilNs.values().removeIf(untilNs -> nowNs - untilNs >= 0);
        discovered
                .values()
                .removeIf(seen -> nowNs - seen.lastNs > OUTDATED_NS
                        && (outdated(seen) || nowNs - seen.lastNs > SerialNumbers.FORGET_NS));
        if (!state.master || !state.masterLeaseValid(nowNs)) {
            return;
        }
        if (nowNs - discoveryNs >= state.timing.discoveryNs()) {
            discoveryNs = nowNs;
            out.add(new Effect.SendDiscovery());
        }
        ClusterConfig config = state.config;
        if (config != null && config.operation().autoJoin()) {
            autoJoin(config, nowNs, out);
        }
        for (Join join : List.copyOf(joins.values())) {
            join.startedNs = waitsForLock(join) ? nowNs : join.startedNs;
            if (join.phase != Join.Phase.PROPOSED && nowNs - join.startedNs > JOIN_TIMEOUT_NS) {
                fail(join, "the device did not answer in time", out);
            }
        }
    }

    private void autoJoin(ClusterConfig config, long nowNs, Effects out) {
        for (Seen seen : List.copyOf(discovered.values())) {
            String serial = seen.identity.serial();
            judge(seen, nowNs);
            if (seen.state.equals("discovered") && !outdated(seen) && mayProveItself(serial, config)) {
                if (lockHolder.isEmpty()) {
                    start(serial, config, nowNs, out);
                } else {
                    seen.reason = "waits: " + lockHolder + " holds the lock of running";
                }
            }
        }
    }

    private static boolean mayProveItself(String serial, ClusterConfig config) {
        return config.joinKey(serial).isPresent() || config.operation().certificateJoin();
    }

    /// Running is locked by `holder`, or by nobody: devices that join by themselves wait as long.
    void onRunningLock(String holder) {
        lockHolder = holder;
    }

    private boolean waitsForLock(Join join) {
        return !lockHolder.isEmpty() && join.requests.isEmpty() && join.phase != Join.Phase.PROPOSED;
    }

    /// The rpc `join`. Answered when the device is a member, or with the reason why not.
    void onJoinRequest(long requestId, String serial, long nowNs, Effects out) {
        ClusterConfig config = state.config;
        heldOffUntilNs.remove(serial);
        String refusal = refusal(serial, nowNs);
        if (refusal != null || config == null) {
            String why = refusal == null ? "this device is in no cluster" : refusal;
            out.add(new Effect.Reply(Answer.no(requestId, Outcome.REFUSED, why)));
            state.notify(out, Kind.JOIN_REJECTED, 0, why, Map.of("serial", serial));
            return;
        }
        start(serial, config, nowNs, out);
        Join join = joins.get(serial);
        if (join != null) {
            join.requests.add(requestId);
        }
    }

    /// Why the device with this serial number cannot be admitted now, or null if it can.
    @Nullable
    String refusal(String serial, long nowNs) {
        ClusterConfig config = state.config;
        Seen seen = discovered.get(serial);
        if (config == null || !state.masterLeaseValid(nowNs)) {
            return "this device is not the serving master";
        } else if (serialNumbers.isDuplicate(serial)) {
            return DUPLICATE;
        } else if (state.voters().contains(memberNumber(serial))) {
            return "device " + serial + " is a member already; if it was reset, its old vote is taken away first: "
                    + "ask again";
        } else if (seen == null) {
            return "no device with serial number " + serial + " was heard on the cluster port: check its cabling";
        } else if (!mayProveItself(serial, config)) {
            return "no join key for " + serial + ": set " + ClusterConfig.JOIN_KEYS + "[serial='" + serial
                    + "']/key first, or " + ClusterConfig.CLUSTER + "/certificate-join if it has a certificate";
        }
        seen.state = "discovered";
        judge(seen, nowNs);
        return seen.reason.isEmpty() ? null : seen.reason;
    }

    private void start(String serial, ClusterConfig config, long nowNs, Effects out) {
        Seen seen = discovered.get(serial);
        if (seen == null || joins.containsKey(serial)) {
            return;
        }
        joins.put(serial, new Join(serial, number(serial), nowNs));
        judge(seen, nowNs);
        String joinKey =
                config.joinKey(serial).map(ClusterConfig.JoinKey::keyHex).orElse("");
        out.add(new Effect.OpenJoin(serial, joinKey));
    }

    /// The number that the device has for ever, or else one that was never given, 0 if all were.
    private int number(String serial) {
        SortedMap<String, Integer> given = new TreeMap<>(state.header().numbers());
        joins.values().forEach(join -> given.put(join.serial, join.device));
        Integer device = given.get(serial);
        return device == null ? MemberList.freeNumber(given) : device;
    }

    /// The device proved its key: it gets its configuration.
    void onSessionOpened(String serial, Effects out) {
        Join join = joins.get(serial);
        if (join != null && state.master) {
            offer(join, out);
        } else {
            introduction.onSessionOpened(serial, out);
        }
    }

    private void offer(Join join, Effects out) {
        Content content = state.line().newest().content();
        Content withMember = MemberList.with(content, join.serial, join.device);
        ClusterConfig config = state.contents.config(withMember);
        String clusterId = state.durable.clusterId();
        DeviceConfiguration device = config == null
                ? null
                : DeviceConfiguration.derive(config, clusterId, join.serial).orElse(null);
        if (device == null) {
            fail(join, "its configuration cannot be derived", out);
            return;
        }
        join.attempts++;
        join.phase = Join.Phase.OFFERED;
        join.expectedDeviceHash = digest(device.text());
        join.expectedRevisionHash = state.header().hash();
        out.add(new Effect.SendJoin(
                join.serial,
                new JoinMessage.Offer(
                        clusterId,
                        state.self(),
                        state.masterEpoch,
                        join.device,
                        state.newestBoot(join.device),
                        device.text(),
                        state.line())));
    }

    static Digest digest(String deviceConfiguration) {
        return Digest.of(
                RevisionHash.of(deviceConfiguration).hex().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    void onMessage(String serial, JoinMessage message, Effects out) {
        Join join = joins.get(serial);
        if (join == null || !state.master) {
            return;
        }
        switch (message) {
            case JoinMessage.Accepted accepted -> verify(join, accepted, out);
            case JoinMessage.Refused refused -> fail(join, "the device refused: " + refused.reason(), out);
            case JoinMessage.Offer _, JoinMessage.Known _ -> state.count("join-message-unexpected");
        }
    }

    private void verify(Join join, JoinMessage.Accepted accepted, Effects out) {
        boolean same = accepted.deviceConfigurationHash().equals(join.expectedDeviceHash)
                && accepted.revisionHash().equals(join.expectedRevisionHash);
        if (same) {
            join.phase = Join.Phase.KEYED;
            join.publicKey = accepted.publicKey();
            return;
        }
        if (!accepted.deviceConfigurationHash().equals(join.expectedDeviceHash)) {
            state.count("verify-device-failed");
        }
        if (!accepted.revisionHash().equals(join.expectedRevisionHash)) {
            state.count("verify-cluster-failed");
        }
        if (join.attempts < state.verifyAttemptsMax()) {
            offer(join, out);
        } else {
            fail(join, "it stored another configuration than it was sent, " + join.attempts + " times", out);
        }
    }

    void onSessionFailed(String serial, String reason, Effects out) {
        Join join = joins.get(serial);
        if (join != null && (join.phase == Join.Phase.OPENING || join.phase == Join.Phase.OFFERED)) {
            fail(join, reason, out);
        }
    }

    /// Proposes the revision that makes a verified device a member with a vote, once it is in sync.
    ///
    /// @return whether a revision was proposed
    boolean proposeJoiner(long nowNs, Effects out) {
        for (Join join : List.copyOf(joins.values())) {
            if (waitsForLock(join)) {
                continue;
            }
            if (join.phase == Join.Phase.KEYED) {
                admit(join, nowNs, out);
                return true;
            }
            Peer peer = state.peer(join.device);
            boolean inSync = join.phase == Join.Phase.VERIFIED
                    && !state.alone
                    && peer.status != null
                    && !state.isSilent(join.device, nowNs)
                    && peer.decidedNumber == state.number();
            if (inSync) {
                join.phase = Join.Phase.PROPOSED;
                Content content = MemberList.with(state.line().newest().content(), join.serial, join.device);
                Revision revision = Membership.successor(
                        state,
                        content,
                        state.voters().with(join.device),
                        state.header().engineBoots());
                commit.propose(revision, false, outcome(join), nowNs, out);
                return true;
            }
        }
        return false;
    }

    private void admit(Join join, long nowNs, Effects out) {
        commit.propose(
                Membership.admitting(state, join.serial, join.device, join.publicKey),
                false,
                new Membership.Quiet() {
                    @Override
                    public void decided(Revision revision, long laterNs, Effects later) {
                        join.phase = join.phase == Join.Phase.KEYED ? Join.Phase.VERIFIED : join.phase;
                    }
                },
                nowNs,
                out);
    }

    private Commit.Outcome outcome(Join join) {
        return new Commit.Outcome() {
            @Override
            public void decided(Revision revision, long nowNs, Effects out) {
                joins.remove(join.serial);
                discovered.remove(join.serial);
                join.requests.forEach(id -> out.add(new Effect.Reply(Answer.ok(id, revision.number()))));
            }

            @Override
            public void withdrawn(Commit.Withdrawal why, long nowNs, Effects out) {
                fail(join, why.reason(), out);
            }

            @Override
            public void unknown(Effects out) {
                joins.remove(join.serial);
                join.requests.forEach(id -> out.add(new Effect.Reply(Answer.no(
                        id, Outcome.OUTCOME_UNKNOWN, "the master changed during the join: look at the member list"))));
            }
        };
    }

    private void fail(Join join, String reason, Effects out) {
        joins.remove(join.serial);
        Seen seen = discovered.get(join.serial);
        if (seen != null) {
            seen.state = "rejected";
            seen.reason = reason;
            seen.rejectedNs = seen.lastNs;
        }
        if (join.phase != Join.Phase.OPENING) {
            out.add(new Effect.SendJoin(join.serial, new JoinMessage.Refused(reason)));
        }
        join.requests.forEach(id -> out.add(new Effect.Reply(
                Answer.no(id, Outcome.REFUSED, "device " + join.serial + " was not admitted: " + reason))));
        state.notify(out, Kind.JOIN_REJECTED, 0, reason, Map.of("serial", join.serial));
    }

    /// This device is no longer master: nobody is admitted by it.
    void abandon(Effects out) {
        for (Join join : List.copyOf(joins.values())) {
            if (join.phase != Join.Phase.PROPOSED) {
                fail(join, "the master changed during the join: ask again", out);
            }
        }
    }
}
