package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.ClockReading;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.DeviceIdentity;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.InForce;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.RevisionNote;
import net.testudo.element.wire.cluster.StatusMessage;
import net.testudo.element.wire.cluster.StatusMessage.Echo;
import net.testudo.element.wire.cluster.VoterChangeMark;

/// The state machine of device 1 in a cluster of three, whose others exist only as the messages a test makes up.
final class OneDevice {
    static final long MS = 1_000_000L;
    static final long PEER_BOOT = 7L << 32;
    static final String CLUSTER = "6f1c7f5e-0000-4000-8000-000000000001";

    private final ClusterNode node;
    private final Effects effects = new Effects();
    private final List<Effect> seen = new ArrayList<>();
    private long nowNs = 1_000_000 * MS;
    private long ticket;

    /// @param promisedEpoch on its disk
    /// @param promisedTo on its disk
    OneDevice(long promisedEpoch, int promisedTo) {
        this(DurableState.unconfigured(1)
                .withIdentity(CLUSTER, 1, "00".repeat(32))
                .withLine(Line.of(revision(1, Digest.ZERO)))
                .withPromise(promisedEpoch, promisedTo));
    }

    /// Device S1, which belongs to no cluster.
    static OneDevice unconfigured() {
        return new OneDevice(DurableState.unconfigured(1));
    }

    private OneDevice(DurableState durable) {
        DeviceIdentity identity =
                new DeviceIdentity("S1", "test", "1", "1", "0.1.0", List.of(), "", ProtocolVersions.OWN);
        SplittableRandom random = new SplittableRandom(1);
        node = new ClusterNode(
                identity,
                Timing.REAL_TIME,
                StartImage.of(new DurableStateCodec().toOctets(durable)),
                random,
                random::nextBytes,
                nowNs);
        node.start(effects);
        take();
        stores();
    }

    /// A revision of the cluster of three.
    static Revision revision(long number, Digest parent) {
        return revision(number, parent, "test");
    }

    /// A revision of the cluster of three.
    ///
    /// @param name of the cluster
    static Revision revision(long number, Digest parent, String name) {
        return revision(number, parent, name, "");
    }

    /// A revision of the cluster of three with this dead time.
    static Revision revision(long number, Digest parent, int deadMs) {
        return revision(number, parent, "test", "/testudo-cluster:cluster/timing/dead-time = " + deadMs + "\n");
    }

    /// The revision after `before`, in which only these devices have votes.
    static Revision voters(Revision before, DeviceSet voters) {
        RevisionHeader header = before.header();
        return new Revision(
                new RevisionHeader(
                        header.number() + 1,
                        header.hash(),
                        header.contentHash(),
                        voters,
                        0,
                        header.numbers(),
                        header.keys(),
                        0,
                        "",
                        RevisionNote.own(0)),
                before.content());
    }

    private static Revision revision(long number, Digest parent, String name, String more) {
        Content content = new Content("""
            /testudo-cluster:cluster/enabled = true
            /testudo-cluster:cluster/name = %s
            /testudo-cluster:cluster/cluster-port[.='cluster']
            /testudo-cluster:cluster/data-network[name='inside']/address = 192.0.2.1/24
            /testudo-cluster:cluster/local-network = inside
            """.formatted(name) + more, "");
        TreeMap<String, Integer> numbers = new TreeMap<>();
        DeviceSet voters = DeviceSet.NONE;
        for (int device = 1; device <= 3; device++) {
            content = MemberList.with(content, "S" + device, device);
            numbers.put("S" + device, device);
            voters = voters.with(device);
        }
        return new Revision(
                new RevisionHeader(
                        number,
                        parent,
                        Revision.hash(content),
                        voters,
                        0,
                        numbers,
                        new TreeMap<>(),
                        0,
                        "",
                        RevisionNote.own(0)),
                content);
    }

    /// Lets time pass, in turns of a millisecond.
    void advance(long durationNs) {
        for (long untilNs = nowNs + durationNs; nowNs < untilNs; ) {
            nowNs += MS;
            step(new Event.TimePassed());
        }
    }

    /// A status of a device that follows nobody and seeks nothing arrives.
    void hears(int device, long promisedEpoch) {
        hears(device, promisedEpoch, 0, 1);
    }

    /// A status of a device that follows `follows`, if it follows anybody, and leads nobody arrives.
    ///
    /// @param decidedNumber its newest revision
    void hears(int device, long promisedEpoch, int follows, long decidedNumber) {
        hears(device, promisedEpoch, follows, 0, 0, decidedNumber);
    }

    /// A status of the master of `epoch` arrives.
    void hearsMaster(int device, long epoch) {
        hears(device, epoch, device, StatusMessage.MASTER, epoch, 1);
    }

    /// A status of a device that seeks `epoch` arrives.
    void hearsCandidate(int device, long epoch) {
        hears(device, epoch, 0, 0, epoch, 1);
    }

    /// A status of a device that stored a change of voters arrives.
    void hears(int device, long promisedEpoch, int follows, VoterChangeMark stored) {
        hears(status(device, promisedEpoch, follows, 0, 0, 1, stored));
    }

    /// A status of a device that follows this one as master of `epoch` arrives.
    ///
    /// @param lapse how often it began to serve
    void hearsServing(int device, long epoch, long lapse) {
        StatusMessage status = status(device, epoch, 1, 0, 0, 1, VoterChangeMark.NONE);
        hears(new StatusMessage(
                status.device(),
                status.bootId(),
                status.sendNs(),
                status.leaseNs(),
                status.promisedEpoch(),
                status.follows(),
                status.flags(),
                status.masterEpoch(),
                status.releasedEpoch(),
                status.claim(),
                status.decidedNumber(),
                lapse,
                status.suspended(),
                status.backup(),
                status.standby(),
                status.clusterAgeNs(),
                status.health(),
                status.capacity(),
                status.flows(),
                status.version(),
                status.inForce(),
                status.orphans(),
                status.echoes(),
                status.clock(),
                status.voterChange(),
                status.heardOn()));
    }

    private void hears(int device, long promisedEpoch, int follows, int flags, long claim, long decidedNumber) {
        hears(status(device, promisedEpoch, follows, flags, claim, decidedNumber, VoterChangeMark.NONE));
    }

    private StatusMessage status(
            int device,
            long promisedEpoch,
            int follows,
            int flags,
            long claim,
            long decidedNumber,
            VoterChangeMark stored) {
        return new StatusMessage(
                device,
                PEER_BOOT + device,
                nowNs,
                Timing.REAL_TIME.leaseNs(),
                promisedEpoch,
                follows,
                flags,
                claim,
                0,
                claim,
                decidedNumber,
                0,
                DeviceSet.NONE,
                0,
                DeviceSet.NONE,
                0,
                100,
                Capacity.UNKNOWN,
                0,
                "0.1.0",
                InForce.NONE,
                0,
                List.of(new Echo(1, node.bootId(), nowNs)),
                ClockReading.UNKNOWN,
                stored,
                List.of());
    }

    void hears(StatusMessage status) {
        step(new Event.StatusReceived(status));
    }

    void receives(int device, ControlMessage message) {
        step(new Event.MessageReceived(device, PEER_BOOT + device, message));
    }

    /// A message of the master with this serial number arrives in a join session.
    void receives(String serial, JoinMessage message) {
        step(new Event.JoinMessageReceived(serial, message));
    }

    /// The newest answer in a join session.
    JoinMessage joinAnswer() {
        return seen.reversed().stream()
                .filter(Effect.SendJoin.class::isInstance)
                .map(e -> ((Effect.SendJoin) e).message())
                .findFirst()
                .orElseThrow();
    }

    /// Everything written so far is on disk.
    void stores() {
        step(new Event.Persisted(ticket));
    }

    /// What is being written cannot be.
    void failsToStore() {
        step(new Event.PersistFailed(ticket, "full"));
    }

    /// How many writes began.
    long writes() {
        return ticket;
    }

    int master() {
        return node.master();
    }

    long revision() {
        return node.revision();
    }

    boolean masterServing() {
        return node.masterServing(nowNs);
    }

    boolean memberServing() {
        return node.memberServing(nowNs);
    }

    /// Devices whose flows may move.
    DeviceSet released() {
        return node.released();
    }

    /// Whether a message of this kind was sent to `device` since the last question.
    boolean hasSent(int device, Class<? extends ControlMessage> kind) {
        boolean sent = seen.stream()
                .anyMatch(effect ->
                        effect instanceof Effect.SendMessage e && e.device() == device && kind.isInstance(e.message()));
        seen.clear();
        return sent;
    }

    /// The newest message to `device` of this kind, and forgets all that was sent.
    ///
    /// @throws AssertionError if there is none
    <T extends ControlMessage> T sent(int device, Class<T> kind) {
        T newest = null;
        for (Effect effect : seen) {
            if (effect instanceof Effect.SendMessage e && e.device() == device && kind.isInstance(e.message())) {
                newest = kind.cast(e.message());
            }
        }
        if (newest == null) {
            throw new AssertionError("no " + kind.getSimpleName() + " to device " + device + " in " + seen);
        }
        seen.clear();
        return newest;
    }

    /// The devices of which an event of this kind was told since the last question about messages or events.
    DeviceSet told(Kind kind) {
        DeviceSet devices = DeviceSet.NONE;
        for (Effect effect : seen) {
            if (effect instanceof Effect.Notify e && e.event().kind() == kind) {
                devices = devices.with(e.event().device());
            }
        }
        seen.clear();
        return devices;
    }

    /// The devices that are to be told that they were taken out, as it said last.
    DeviceSet revoked() {
        return seen.reversed().stream()
                .filter(Effect.TrustDevices.class::isInstance)
                .map(e -> ((Effect.TrustDevices) e).revoked())
                .findFirst()
                .orElse(DeviceSet.NONE);
    }

    /// The newest status it sent.
    StatusMessage status() {
        return seen.reversed().stream()
                .filter(Effect.SendStatus.class::isInstance)
                .map(e -> ((Effect.SendStatus) e).status())
                .findFirst()
                .orElseThrow();
    }

    private void step(Event event) {
        node.step(event, nowNs, effects);
        take();
    }

    private void take() {
        for (Effect effect : effects.drain()) {
            seen.add(effect);
            if (effect instanceof Effect.PersistState e) {
                ticket = e.ticket();
            }
        }
    }
}
