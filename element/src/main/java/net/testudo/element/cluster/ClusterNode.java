package net.testudo.element.cluster;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.management.ElementSnapshot.DiscoveredDevice;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.element.management.Request;
import net.testudo.element.management.SystemClock;
import net.testudo.element.management.Verified;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.port.EntropySource;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.DeviceIdentity;
import net.testudo.element.wire.cluster.InForce;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.StatusMessage;
import org.jspecify.annotations.Nullable;

/// The cluster state machine of one device: takes events, answers with effects. It owns no clock and no randomness;
/// the same events at the same times give the same effects.
///
/// Routes each event to the area that decides, and results from one area to the next; the areas know each other only
/// through this class and the [ClusterState] they share.
public final class ClusterNode {
    /// Deadlines are looked at this often, and after each event: a turn for a data frame is not one.
    private static final long WORK_NS = 1_000_000L;

    private final ClusterState state;
    private final Promises promises;
    private final Election election;
    private final PairRule pairRule;
    private final Leases leases;
    private final Commit commit;
    private final Acceptor acceptor;
    private final Suspensions suspensions;
    private final Mastership mastership;
    private final Admission admission;
    private final Trust trust;
    private final Departure departure;
    private final Membership membership;
    private final Candidacy candidacy;
    private final StatusExchange statusExchange;
    private final Commands commands;
    private final Verification verification;
    private final MemberComparison comparison;
    private final Orphans orphans;
    private final Alarms alarms;
    private final FormAlone formAlone;
    private final FormerMembers formerMembers;
    private final LogReplication logReplication;
    private final LateDuty lateDuty;
    private final StoreRetry storeRetry;
    private boolean dirty = true;
    private long workedNs;
    private long configSeen = -1;

    /// @param identity what the device says of itself
    /// @param timing times of the protocol
    /// @param image the durable state as last written, or null at the first start
    /// @param random for back-off
    /// @param entropy for keys
    /// @param nowNs time of the start
    public ClusterNode(
            DeviceIdentity identity,
            Timing timing,
            StartImage image,
            RandomGenerator random,
            EntropySource entropy,
            long nowNs) {
        DurableState durable = image.durable();
        long bootId = (durable.bootCount() << 32) | (random.nextInt() & 0xffff_ffffL);
        var start = new ClusterState.Start(nowNs, bootId, identity.versions());
        state = new ClusterState(identity.serial(), timing, random, durable, start);
        promises = new Promises(state);
        election = new Election(state, promises, this);
        pairRule = new PairRule(state, this);
        leases = new Leases(state, pairRule);
        commit = new Commit(state, this);
        acceptor = new Acceptor(state, this);
        suspensions = new Suspensions(state);
        mastership = new Mastership(state, this, leases, commit, suspensions);
        admission = new Admission(state, commit, identity);
        trust = new Trust(state);
        departure = new Departure(state, this, trust);
        membership = new Membership(state, commit, admission, trust);
        candidacy = new Candidacy(state, this, entropy);
        statusExchange = new StatusExchange(state, this, pairRule, identity.softwareVersion());
        commands = new Commands(state, this, entropy);
        comparison = new MemberComparison(state);
        orphans = new Orphans(state);
        verification = new Verification(state, this, suspensions);
        alarms = new Alarms(state, pairRule, admission, verification, orphans, mastership.succession());
        formAlone = new FormAlone(state, this);
        formerMembers = new FormerMembers(state, suspensions);
        logReplication = new LogReplication(state);
        storeRetry = new StoreRetry(state);
        lateDuty = new LateDuty(state, pairRule, nowNs);
        alarms.storeNote(image.note());
    }

    /// Effects of the start itself: the boot count is on disk before anything is said.
    public void start(Effects out) {
        storeRetry.start(out);
    }

    /// Handles one event.
    public void step(Event event, long nowNs, Effects out) {
        state.clocks.nowNs = nowNs;
        dirty |= !(event instanceof Event.TimePassed);
        switch (event) {
            case Event.StatusReceived e -> statusExchange.onStatus(e.status(), nowNs, out);
            case Event.MessageReceived e -> onMessage(e, nowNs, out);
            case Event.Persisted e -> state.writes.onPersisted(e.ticket());
            case Event.PersistFailed e -> state.writes.onFailed(e.ticket(), e.reason(), nowNs, out);
            case Event.RequestReceived e -> commands.onRequest(e.request(), nowNs, out);
            case Event.WitnessAnswered e -> pairRule.onWitnessAnswered(e.witness(), e.sentNs());
            case Event.CarrierChanged e -> state.carrier = e.all();
            case Event.CapacityMeasured e -> state.capacity = e.capacity();
            case Event.VersionsLearnt e -> state.versions = e.versions();
            case Event.DeviceHeard e -> admission.onDeviceHeard(e, nowNs, out);
            case Event.JoinSessionOpened e -> admission.onSessionOpened(e.serial(), out);
            case Event.JoinSessionFailed e -> admission.onSessionFailed(e.serial(), e.reason(), out);
            case Event.JoinMessageReceived e when state.master -> admission.onMessage(e.serial(), e.message(), out);
            case Event.JoinMessageReceived e -> candidacy.onMessage(e.serial(), e.message(), nowNs, out);
            case Event.InForceTold e -> comparison.onReply(state.self(), e.reply());
            case Event.VerdictsTold e -> verification.onMessage(state.self(), e.finding(), out);
            case Event.Revoked e -> departure.onRevoked(e.device(), nowNs, out);
            case Event.TimePassed _ -> onTimePassed(nowNs, out);
        }
        state.writes.goOn(nowNs, out);
    }

    private void onMessage(Event.MessageReceived event, long nowNs, Effects out) {
        int from = event.device();
        if (!state.configured() || event.bootId() != state.peer(from).bootId) {
            state.count("control-message-without-session");
            return;
        }
        state.peer(from).heardNs = nowNs;
        switch (event.message()) {
            case ControlMessage.VoteRequest m -> election.onVoteRequest(from, m, nowNs, out);
            case ControlMessage.Vote m -> election.onVote(from, m, nowNs, out);
            case ControlMessage.Prepare m -> acceptor.onPrepare(from, m, nowNs, out);
            case ControlMessage.PrepareReply m -> {
                if (state.master) {
                    commit.onReply(from, m, nowNs, out);
                }
            }
            case ControlMessage.Decide m -> acceptor.onDecide(from, m, nowNs, out);
            case ControlMessage.Suspend m -> {
                if (Epochs.isCurrent(m.epoch(), state.durable)) {
                    follow(m.epoch(), from, nowNs, out);
                    suspensions.onSuspend(from, m, out, nowNs);
                }
            }
            case ControlMessage.SuspendReply m -> suspensions.onReply(from, m, nowNs);
            case ControlMessage.HandOver m -> state.handOver = new HandOver(m.epoch(), m.reason(), m.text());
            case ControlMessage.Log m -> logReplication.onMessage(from, m.message(), nowNs, out);
            case ControlMessage.Inspect m -> verification.onMessage(from, m.message(), out);
            case ControlMessage.Kept m -> orphans.onMessage(from, m.message(), out);
            case ControlMessage.InForceRequest m -> out.add(new Effect.TellInForce(from, m));
            case ControlMessage.InForceReply m -> comparison.onReply(from, m);
            case ControlMessage.Reapply m -> acceptor.onReapply(from, m, nowNs, out);
        }
    }

    private void onTimePassed(long nowNs, Effects out) {
        lateDuty.doWork(nowNs, out);
        statusExchange.onTurn(nowNs);
        if (configSeen != state.number()) {
            configSeen = state.number();
            pairRule.onConfiguration();
            state.noteEngineBoots(nowNs);
        }
        if (!dirty && !state.statusDue && nowNs - workedNs < WORK_NS) {
            return;
        }
        storeRetry.doWork(nowNs, out);
        if (state.configured()) {
            pairRule.doWork(nowNs, out);
            mastership.doWork(nowNs, out);
            election.doWork(nowNs, out);
            commit.doWork(nowNs, out);
            commands.doWork(nowNs, out);
            membership.doWork(nowNs, out);
            verification.doWork(nowNs, out);
            comparison.doWork(nowNs, out);
            orphans.doWork(nowNs, out);
            suspensions.doWork(nowNs, out);
            formerMembers.doWork(nowNs);
            candidacy.doWork(nowNs, out);
            logReplication.doWork(nowNs, out);
            trust.doWork(nowNs, out);
            departure.doWork(nowNs, out);
        }
        admission.doWork(nowNs, out);
        leases.renew(nowNs, out);
        statusExchange.doWork(nowNs, out);
        alarms.doWork(nowNs, out);
        dirty = false;
        workedNs = nowNs;
    }

    // --- between the areas

    Admission admission() {
        return admission;
    }

    void renewLeases(long nowNs, Effects out) {
        leases.renew(nowNs, out);
    }

    Commit commit() {
        return commit;
    }

    long soughtEpoch() {
        return election.claim();
    }

    void resetElection() {
        election.reset();
    }

    void backOffElection(long nowNs, long spanNs) {
        election.backOff(nowNs, spanNs);
    }

    void standAbove(StatusMessage status, long nowNs, Effects out) {
        election.standAbove(status, nowNs, out);
    }

    void becomeMaster(long epoch, boolean alone, Map<Integer, Vote> votes, long nowNs, Effects out) {
        membership.begin();
        verification.begin();
        mastership.begin(epoch, alone, votes, nowNs, out);
    }

    void stepDown(boolean release, long nowNs, Effects out) {
        mastership.end(release, nowNs, out);
    }

    void masterEnded(long nowNs, Effects out) {
        commands.masterEnded(nowNs, out);
        comparison.end(out);
        orphans.masterEnded(out);
        admission.abandon(out);
    }

    Mastership mastership() {
        return mastership;
    }

    /// Follows `master`: whoever led or stood in a lower epoch stops.
    void follow(long epoch, int master, long nowNs, Effects out) {
        if (!Epochs.isCurrent(epoch, state.durable)) {
            return;
        }
        if (master != state.self()) {
            if (state.master && epoch > state.masterEpoch) {
                stepDown(false, nowNs, out);
            }
            election.abandon(epoch);
        }
        promises.follow(epoch, master, nowNs, out);
        mastership.noteMaster(master, nowNs);
    }

    void propose(Revision revision, Commit.Outcome outcome, long nowNs, Effects out) {
        commit.propose(revision, false, outcome, nowNs, out);
    }

    Orphans orphans() {
        return orphans;
    }

    MemberComparison comparison() {
        return comparison;
    }

    Membership membership() {
        return membership;
    }

    DeviceSet lagging(long number) {
        return suspensions.behind(number);
    }

    void suspendLagging(DeviceSet devices) {
        suspensions.suspendLagging(devices);
    }

    /// Takes a longer decided line.
    void adopt(Line line, long nowNs) {
        boolean wasMember = state.members().contains(state.self());
        Adoption.adopt(state, line);
        if (wasMember && !state.members().contains(state.self())) {
            departure.begin(nowNs);
        }
    }

    Departure departure() {
        return departure;
    }

    void wipe(long nowNs, Effects out) {
        departure.end();
        candidacy.wipe(nowNs, out);
    }

    void formAlone(Request.FormAlone request, long nowNs, Effects out) {
        formAlone.begin(request, nowNs, out);
    }

    /// This device's number, 0 if it is in no cluster.
    public int self() {
        return state.self();
    }

    /// Boot id of this process.
    public long bootId() {
        return state.bootId;
    }

    /// The master this device follows, 0 if none.
    public int master() {
        return state.master ? state.self() : state.followed == state.self() ? 0 : state.followed;
    }

    /// The backup master, 0 if none.
    public int backup() {
        return state.backup;
    }

    /// The epoch of [#master].
    public long epoch() {
        return state.master ? state.masterEpoch : state.followedEpoch;
    }

    /// Whether this device is master with a valid lease.
    public boolean masterServing(long nowNs) {
        return state.masterServing(nowNs);
    }

    /// The end of this device's lease as master if nobody renews it; in the past if it has none.
    public long masterLeaseEndNs() {
        return state.masterLeaseEndNs;
    }

    /// How long a lease lasts from the moment at which this device sent what a majority then answered.
    public long masterLeaseNs() {
        return state.leaseNs();
    }

    /// Whether this device has a valid lease as a member.
    public boolean memberServing(long nowNs) {
        return state.members().contains(state.self()) && Serving.asMember(state.memberLeaseEndNs, nowNs);
    }

    /// How often the member lease lapsed.
    public long lapse() {
        return state.lapse;
    }

    /// The lapse count that `device` announced, -1 if it was not heard in its present session.
    public long lapseOf(int device) {
        return device == state.self() ? state.lapse : state.knows(device) ? state.peer(device).lapse : -1;
    }

    /// The boot id of the newest process of `device` heard, 0 if none.
    public long bootOf(int device) {
        return device == state.self() ? state.bootId : state.knows(device) ? state.peer(device).bootId : 0;
    }

    /// All configured members.
    public DeviceSet members() {
        return state.members();
    }

    /// Suspended members whose flows may move, and former members that cannot have a lease any more.
    public DeviceSet released() {
        return suspensions.released().or(formerMembers.released());
    }

    /// Members, and former ones that may still have a lease.
    public DeviceSet mayServe() {
        return state.members().or(formerMembers.leaving());
    }

    /// Members that have the role standby or are in maintenance.
    public DeviceSet standby() {
        return state.standby.and(state.members()).or(state.deactivated());
    }

    /// Members that may be given flows.
    public DeviceSet assignable(long nowNs) {
        DeviceSet members = state.members().minus(suspensions.suspended()).minus(standby());
        DeviceSet assignable = members;
        for (int d = members.first(); d != 0; d = members.next(d)) {
            assignable = state.isInTouch(d, nowNs) ? assignable : assignable.without(d);
        }
        return assignable;
    }

    /// The configuration of the newest decided revision, or null if unconfigured.
    public @Nullable ClusterConfig config() {
        return state.config;
    }

    /// The number of the newest decided revision, 0 if unconfigured.
    public long revision() {
        return state.number();
    }

    /// UUID of the cluster, empty if unconfigured.
    public String clusterId() {
        return state.durable.clusterId();
    }

    /// Takes what the data path says that it works with.
    public void setInForce(InForce inForce) {
        state.inForce = inForce;
    }

    /// Data networks of the configuration on which this device has no port.
    public void setWithoutPort(List<String> networks) {
        alarms.withoutPort(networks);
    }

    /// Takes who is heard on the cluster port, and on the data ports.
    public void setHeard(DeviceSet onCluster, DeviceSet onData) {
        state.heardOnCluster = onCluster;
        state.heardOnData = onData;
    }

    /// The content of the newest decided revision, empty if unconfigured.
    public Content content() {
        Line line = state.durable.line();
        return line == null ? Content.EMPTY : line.newest().content();
    }

    /// Takes what the wall clock shows; it is only handed on.
    public void setWallClock(long millis, SystemClock system) {
        state.clocks.wallMs = millis;
        state.clocks.system = system;
    }

    /// Takes what the flow functions tell.
    public void setFlows(FlowSummary flows) {
        statusExchange.setFlows(flows.carried());
        mastership.setTakeOver(flows);
        state.silentBackups = flows.silentBackups();
    }

    /// When [#step] has to be called with [Event.TimePassed] at the latest.
    public long nextDeadlineNs(long nowNs) {
        return state.configured() ? statusExchange.nextDeadlineNs() : nowNs + state.statusNs();
    }

    ClusterState state() {
        return state;
    }

    Switchover lastSwitchover() {
        return mastership.lastSwitchover();
    }

    List<DiscoveredDevice> discovered() {
        return admission.discovered();
    }

    List<Alarm> raisedAlarms() {
        return alarms.raised();
    }

    int logProgress(int device) {
        return logReplication.progress(device);
    }

    boolean pendingMember() {
        return candidacy.pending();
    }

    Verified verified(int device, long nowNs) {
        return verification.standing(device, nowNs);
    }

    DeviceSet suspendedMembers() {
        return suspensions.suspended();
    }
}
