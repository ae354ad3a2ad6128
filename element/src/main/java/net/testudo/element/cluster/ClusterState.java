package net.testudo.element.cluster;

import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.testudo.element.cluster.log.LogCopy;
import net.testudo.element.config.BackupSyncConfig;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ClusterConfig.VerificationConfig;
import net.testudo.element.config.ClusterConfig.VerificationMode;
import net.testudo.element.config.ElectionConfig;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.MemberVersions;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.InForce;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.StatusMessage;
import org.jspecify.annotations.Nullable;

/// What the areas of the state machine share: the durable state as it will be on disk, what is known of the others,
/// and whom this device follows or leads.
///
/// The durable state here is ahead of the disk; whatever rests on it is said only from a continuation given to
/// [#persist(Effects, Continuation)].
final class ClusterState {
    /// How long a device waits after its own start before it promises anything: the dead time of the longest
    /// lease that it may have helped to renew just before.
    private static final long START_HOLD_NS = Timing.deadNs(Timing.ORDINARY.leaseNs());

    static final int STATUSES_A_LEASE = 4;

    final String serial;
    final Timing timing;
    final RandomGenerator random;
    final long startNs;
    /// Of this process; ascending, also when the device takes another identity without a restart.
    long bootId;
    final boolean bootedSole;
    /// What was prepared when this process started, if this device needed nobody to decide it then: it may have been
    /// acknowledged. Null once a line was adopted.
    @Nullable
    PreparedEntry bootedAlone;

    private final @Nullable Peer[] peers = new Peer[DeviceSet.DEVICE_MAX + 1];
    final PendingWrites writes;
    private final Map<String, Long> counters = new TreeMap<>();

    DurableState durable;
    /// The parsed content of the newest decided revision, null if unconfigured.
    @Nullable
    ClusterConfig config;

    /// The members of [#config]; asked for every frame.
    private DeviceSet members = DeviceSet.NONE;

    private DeviceSet deactivated = DeviceSet.NONE;
    /// What [#others] answered last, so that it makes no other one of the same devices.
    private DeviceSet others = DeviceSet.NONE;

    /// The operator asked this device, which is in maintenance, to lead so that it can be activated.
    boolean activationAsked;

    int followed;
    long followedEpoch;
    long masterHeardNs = Peer.NEVER;
    long grantedNs = Peer.NEVER;
    long releasedEpoch;

    boolean master;
    boolean alone;
    long masterEpoch;
    boolean goingAlone;
    /// What this device knew when it stood for election, while it does; null if it does not stand.
    @Nullable
    Standing standing;

    /// The newest hand-over that is known, of this device or another one; null if none is.
    @Nullable
    HandOver handOver;
    /// As master: a revision that its predecessor may have acknowledged is not decided again yet; until then this
    /// master could serve an older configuration than clients were told.
    boolean repeating;
    int backup;
    DeviceSet standby = DeviceSet.NONE;
    /// As master: devices that did not acknowledge run-time data as backup master.
    DeviceSet silentBackups = DeviceSet.NONE;
    /// When the cluster began to run, as handed on from master to master.
    long clusterStartedNs;
    /// When the newest count of activations of the SNMP engine was first seen here.
    long engineBootsNs;

    /// Whether all data ports have carrier.
    boolean carrier = true;
    /// Whether this device asks to be relieved.
    boolean asksRelief;
    /// What was measured of this device.
    Capacity capacity = Capacity.UNKNOWN;

    /// What the data path works with, as it was read back.
    InForce inForce = InForce.NONE;

    /// The cluster's time scale, and wall clocks.
    final ClockScale clocks = new ClockScale();

    /// Which versions of the protocol the members speak.
    MemberVersions versions;

    /// Who is heard on the cluster port, and on the data ports.
    DeviceSet heardOnCluster = DeviceSet.NONE;
    DeviceSet heardOnData = DeviceSet.NONE;

    private long engineBoots;

    /// Counts [#changeIdentity].
    int identity;

    long masterLeaseEndNs = Peer.NEVER;
    long memberLeaseEndNs = Peer.NEVER;
    long lapse;

    /// Send a status at the next turn, whatever the interval.
    boolean statusDue = true;

    /// A decided change of voters that is being written: every image has it, though it has no effect yet.
    @Nullable
    Line decidingLine;

    private long eventSequence;
    final LogCopy log = new LogCopy();
    final ParsedContents contents = new ParsedContents();
    final VoterChanges voterChanges;

    ClusterState(String serial, Timing timing, RandomGenerator random, DurableState durable, Start start) {
        this.serial = serial;
        this.timing = timing;
        this.random = random;
        this.durable = durable;
        this.writes = new PendingWrites(durable);
        this.startNs = start.nowNs();
        this.voterChanges = new VoterChanges(this);
        this.versions = MemberVersions.own(start.versions());
        this.clusterStartedNs = startNs;
        this.engineBootsNs = startNs;
        this.bootId = start.bootId();
        this.bootedSole = durable.sole();
        boolean alone = durable.sole()
                || (durable.voters().size() == 1 && durable.voters().contains(durable.self()));
        PreparedEntry prepared = durable.prepared();
        this.bootedAlone = alone && prepared != null && !prepared.tombstone() ? prepared : null;
        refreshConfig();
    }

    /// @param nowNs when this process started
    /// @param bootId of this process
    /// @param versions of the protocol that it speaks
    record Start(long nowNs, long bootId, ProtocolVersions versions) {}

    /// Runs when what it waits for is durable.
    @FunctionalInterface
    interface Continuation {
        void run(long nowNs, Effects out);

        /// The write failed; nothing that rests on it may be said.
        default void failed(String reason, long nowNs, Effects out) {}
    }

    int self() {
        return durable.self();
    }

    /// Whether anything is known of `device`.
    boolean knows(int device) {
        return peers[device] != null;
    }

    /// The effect that tells who this device is now.
    Effect changeIdentity() {
        identity++;
        return new Effect.ChangeIdentity(self(), durable.clusterId(), durable.privateKey(), bootId);
    }

    /// Forgets all that belonged to a cluster this device is no part of any more.
    void forgetCluster() {
        java.util.Arrays.fill(peers, null);
        followed = 0;
        followedEpoch = 0;
        masterHeardNs = Peer.NEVER;
        grantedNs = Peer.NEVER;
        releasedEpoch = 0;
        masterEpoch = 0;
        clocks.forget();
        backup = 0;
        standby = DeviceSet.NONE;
        masterLeaseEndNs = Peer.NEVER;
        memberLeaseEndNs = Peer.NEVER;
        decidingLine = null;
        contents.forget();
        log.forget();
        refreshConfig();
    }

    Peer peer(int device) {
        Peer peer = peers[device];
        if (peer == null) {
            peer = new Peer(device);
            peers[device] = peer;
        }
        return peer;
    }

    /// The boot id of the newest process of `device` that anybody heard, 0 if none.
    long newestBoot(int device) {
        long newest = peer(device).bootId;
        DeviceSet others = others();
        for (int d = others.first(); d != 0; d = others.next(d)) {
            StatusMessage status = peer(d).status;
            StatusMessage.Echo echo = status == null ? null : status.echoOf(device);
            newest = echo == null ? newest : Math.max(newest, echo.bootId());
        }
        return newest;
    }

    DeviceSet voters() {
        return durable.voters();
    }

    boolean isVoter() {
        return voters().contains(self());
    }

    long number() {
        return durable.number();
    }

    /// The newest decided revision that a restart would still find; what others are told.
    long storedNumber() {
        DurableState stored = writes.stored();
        return stored.clusterId().equals(durable.clusterId()) ? Math.min(stored.number(), number()) : 0;
    }

    /// The newest decided header. Only while configured.
    RevisionHeader header() {
        return line().newest().header();
    }

    Line line() {
        Line line = durable.line();
        if (line == null) {
            throw new IllegalStateException("this device is in no cluster");
        }
        return line;
    }

    boolean configured() {
        return durable.line() != null;
    }

    /// All configured members.
    DeviceSet members() {
        return members;
    }

    /// Members that are in maintenance.
    DeviceSet deactivated() {
        return deactivated;
    }

    /// Whether this device may stand for election and go on alone: not in maintenance (NON-03).
    boolean mayLead() {
        return activationAsked || !deactivated.contains(self());
    }

    /// Everybody with whom this device exchanges status: members and voters, itself excepted.
    DeviceSet others() {
        others = others.having((members.bits() | voters().bits()) & ~(1L << self()));
        return others;
    }

    /// The voters of the decided revision and of an undecided change.
    DeviceSet votersAndCandidates() {
        var change = durable.undecidedVoterChange();
        return change == null
                ? voters()
                : voters().or(change.revision().header().voters());
    }

    long leaseNs() {
        var change = durable.undecidedVoterChange();
        long lease = leaseNs(voters().size());
        return change == null
                ? lease
                : Math.min(lease, leaseNs(change.revision().header().voters().size()));
    }

    private long leaseNs(int voterCount) {
        OptionalLong configuredNs = configuredLeaseNs();
        return configuredNs.isPresent() ? configuredNs.getAsLong() : timing.leaseNs(voterCount);
    }

    /// The lease that the operator chose, for whatever number of voters.
    OptionalLong configuredLeaseNs() {
        return config == null
                ? OptionalLong.empty()
                : config.operation().timing().leaseNs();
    }

    /// Interval of status messages: a lease holds several of them.
    long statusNs() {
        OptionalLong configuredNs = configuredLeaseNs();
        return configuredNs.isPresent()
                ? Math.min(timing.statusNs(), configuredNs.getAsLong() / STATUSES_A_LEASE)
                : timing.statusNs();
    }

    /// How long `device` may be silent before it counts as dead.
    long deadNs(int device) {
        long announced = device > 0 ? peer(device).leaseNs : 0;
        return Timing.deadNs(announced > 0 ? announced : leaseNs());
    }

    /// The dead time by the own lease.
    long deadNs() {
        return Timing.deadNs(leaseNs());
    }

    /// How long a voter stays unreachable before it loses its vote.
    long voterHoldNs() {
        return config == null
                ? timing.voterHoldNs()
                : config.operation().timing().voterHoldNs().orElse(timing.voterHoldNs());
    }

    /// How long a commit waits for members that do not confirm.
    long commitTimeoutNs() {
        return config == null
                ? timing.commitTimeoutNs()
                : config.operation().timing().commitTimeoutNs().orElse(timing.commitTimeoutNs());
    }

    /// How often a device is sent a configuration that it does not take.
    int verifyAttemptsMax() {
        return config == null
                ? VerificationConfig.STANDARD.attemptsMax()
                : config.operation().verification().attemptsMax();
    }

    /// How it is found out what a member works with.
    VerificationMode verificationMode() {
        return config == null
                ? VerificationConfig.STANDARD.mode()
                : config.operation().verification().mode();
    }

    /// How long a device that was taken out because of that does not join by itself.
    long verifyRetryNs() {
        return config == null
                ? VerificationConfig.STANDARD.retryNs()
                : config.operation().verification().retryNs();
    }

    /// How many revisions are told of.
    int historyDepth() {
        return config == null ? Line.HEADER_COUNT_MAX : config.operation().historyDepth();
    }

    /// What is asked of a device that is to lead.
    ElectionConfig electionRules() {
        return config == null ? ElectionConfig.STANDARD : config.operation().election();
    }

    /// What is done when the backup master does not acknowledge.
    BackupSyncConfig backupSync() {
        return config == null ? BackupSyncConfig.STANDARD : config.operation().backupSync();
    }

    /// The health of this device, 0 to 100.
    int health() {
        return HealthScore.of(carrier, writes.fault() == null);
    }

    /// What is known of `device`, where it is asked whether it could lead.
    Candidate candidate(int device) {
        Candidate.Wish wish = MemberList.wish(config, device);
        return device == self()
                ? new Candidate(device, health(), capacity, storedNumber(), asksRelief, wish)
                : Candidate.of(peer(device), wish);
    }

    boolean isSilent(int device, long nowNs) {
        return peer(device).silentNs(nowNs) > deadNs(device);
    }

    /// Whether the device is heard and hears this one, without even being on the way to the contrary.
    boolean isInTouch(int device, long nowNs) {
        return device == self() || peer(device).isInTouch(nowNs, deadNs(device) / 2);
    }

    /// Whether this device waits after its own start.
    boolean starting(long nowNs) {
        return nowNs - startNs < START_HOLD_NS;
    }

    boolean masterLeaseValid(long nowNs) {
        return master && masterLeaseEndNs - nowNs > 0;
    }

    /// Whether this device may act as master towards the outside: data networks and operators.
    boolean masterServing(long nowNs) {
        return Serving.asMaster(master && !repeating, masterLeaseEndNs, nowNs);
    }

    boolean memberLeaseValid(long nowNs) {
        return memberLeaseEndNs - nowNs > 0;
    }

    long retryNs() {
        return 4 * statusNs();
    }

    // --- durable state

    void persist(Effects out) {
        persist(out, (_, _) -> {});
    }

    /// Writes the durable state as it is now, and runs `continuation` when it is on disk.
    void persist(Effects out, Continuation continuation) {
        Line decided = decidingLine;
        DurableState written =
                decided == null ? durable : durable.withLine(decided).withPrepared(null);
        writes.begin(written, continuation, out);
    }

    void noteEngineBoots(long nowNs) {
        Line line = durable.line();
        long newest = line == null ? 0 : line.newest().header().engineBoots();
        if (newest != engineBoots) {
            engineBoots = newest;
            engineBootsNs = nowNs;
        }
    }

    void refreshConfig() {
        Line line = durable.line();
        config = line == null ? null : contents.config(line.newest().content());
        members = config == null ? DeviceSet.NONE : MemberList.devices(config);
        deactivated = config == null ? DeviceSet.NONE : MemberList.deactivated(config);
    }

    // --- events and counters

    void notify(Effects out, Kind kind, int device, String cause, Map<String, String> evidence) {
        notify(out, kind, device, Reason.NONE, cause, evidence);
    }

    void notify(Effects out, Kind kind, int device, Reason reason, String cause, Map<String, String> evidence) {
        String subject = config == null ? "" : MemberList.serial(config, device);
        long epoch = master ? masterEpoch : followedEpoch;
        tell(out, new ElementEvent(newEventId(), kind, device, subject, epoch, reason, cause, evidence));
    }

    /// The id of the next event of this device. The random half of the boot id is in it, since a device whose disk was
    /// emptied counts its starts from the beginning.
    String newEventId() {
        String drawn = HexFormat.of().toHexDigits((int) bootId);
        return serial + "/" + (bootId >>> Integer.SIZE) + "-" + drawn + "/" + ++eventSequence;
    }

    void tell(Effects out, ElementEvent happened) {
        ElementEvent event = clocks.stamped(happened, this);
        if (configured()) {
            log.report(event);
        }
        out.add(new Effect.Notify(event));
    }

    /// Reports that `device` had no serving lease for a while though nobody took over from it. One that is still
    /// joining serves nobody.
    void leaseLost(int device, Effects out) {
        if (members.contains(device)) {
            notify(out, Kind.LEASE_LOST, device, "too few reports came in time", Map.of());
        }
    }

    void count(String name) {
        counters.merge(name, 1L, Long::sum);
    }

    Map<String, Long> counters() {
        return counters;
    }
}
