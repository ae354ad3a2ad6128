package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.config.ClusterConfig.DataNetwork;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.Ipv4Address;

/// When one device of a pair goes on alone.
///
/// With every path to the other silent, a device of a voter set of two goes on alone if its data ports have carrier,
/// it is marked in sync (or sole), and the witness answered without a gap since one dead time before the peer fell
/// silent. That is the one epoch without a majority.
///
/// Of several witnesses a majority has to answer: two sides of a split cannot both have one.
final class PairRule {
    private final ClusterState state;
    private final ClusterNode node;
    private final Map<Ipv4Address, Long> answeredNs = new TreeMap<>();
    private List<Ipv4Address> witnesses = List.of();
    private long lastWitnessNs = Peer.NEVER;
    private boolean livenessOnData;
    private boolean heardVoterSinceStart;
    private long unwitnessedNs;
    /// When the in-sync mark became void.
    private long voidNs;
    private long probedNs = Peer.NEVER;

    PairRule(ClusterState state, ClusterNode node) {
        this.state = state;
        this.node = node;
        this.unwitnessedNs = state.startNs;
        this.voidNs = state.startNs;
        onConfiguration();
    }

    void onWitnessAnswered(Ipv4Address witness, long sentNs) {
        if (witnesses.contains(witness)) {
            answeredNs.merge(witness, sentNs, Math::max);
            lastWitnessNs = majorityAnsweredNs();
        }
    }

    /// Takes the witnesses of another revision.
    void onConfiguration() {
        var config = state.config;
        List<Ipv4Address> next = new ArrayList<>();
        livenessOnData = false;
        if (config != null) {
            for (DataNetwork network : config.networks()) {
                next.addAll(network.witnesses());
                livenessOnData |= network.liveness();
            }
        }
        witnesses = List.copyOf(next);
        answeredNs.keySet().retainAll(witnesses);
        lastWitnessNs = majorityAnsweredNs();
    }

    private long majorityAnsweredNs() {
        if (witnesses.isEmpty()) {
            return Peer.NEVER;
        }
        List<Long> times = new ArrayList<>();
        for (Ipv4Address witness : witnesses) {
            times.add(answeredNs.getOrDefault(witness, Peer.NEVER));
        }
        times.sort(Comparator.reverseOrder());
        return times.get(witnesses.size() / 2);
    }

    /// The latest time at which a majority of the witnesses is known to have been there.
    long lastWitnessNs() {
        return lastWitnessNs;
    }

    boolean hasWitness() {
        return !witnesses.isEmpty();
    }

    /// Evidence must not be older than three quarters of the shorter lease of the pair: a peer with short times may
    /// go on alone that early after it lost us, and so must have lost the witness to us by then.
    private boolean witnessed(long nowNs) {
        return state.carrier && nowNs - lastWitnessNs() <= shorterLeaseNs() * 3 / 4;
    }

    private long shorterLeaseNs() {
        int peer = peerOfPair();
        long announcedNs = peer == 0 ? 0 : state.peer(peer).leaseNs;
        long unknownNs = state.configuredLeaseNs().orElse(Timing.REAL_TIME.pairLeaseNs());
        return Math.min(announcedNs > 0 ? announcedNs : unknownNs, state.leaseNs());
    }

    private int peerOfPair() {
        DeviceSet voters = state.voters();
        return voters.size() == 2 && voters.contains(state.self())
                ? voters.without(state.self()).first()
                : 0;
    }

    /// The in-sync mark is void after a late duty cycle.
    void onLateDuty(long nowNs, Effects out) {
        if (!state.durable.sole() && state.durable.inSync()) {
            voidMark(nowNs, out);
        }
    }

    void voidMark(long nowNs, Effects out) {
        voidNs = nowNs;
        state.durable = state.durable.withInSync(false);
        state.persist(out);
    }

    void renewMark(Effects out) {
        state.durable = state.durable.withInSync(true);
        state.persist(out);
    }

    void doWork(long nowNs, Effects out) {
        if (!witnessed(nowNs)) {
            unwitnessedNs = nowNs;
        }
        noteVotersHeard();
        int peer = peerOfPair();
        if (peer == 0) {
            return;
        }
        probe(nowNs, out);
        if (holdsAllAgain(peer, nowNs)) {
            renewMark(out);
        }
        if (state.master && state.alone) {
            pairAgain(peer, nowNs, out);
        } else if (mayGoAlone(peer, nowNs)) {
            considerAlone(peer, nowNs, out);
        }
    }

    private void noteVotersHeard() {
        DeviceSet others = state.voters().without(state.self());
        for (int d = others.first(); d != 0; d = others.next(d)) {
            heardVoterSinceStart |= state.peer(d).heardNs != Peer.NEVER;
        }
    }

    /// So often that one answer may be missing.
    private void probe(long nowNs, Effects out) {
        if (nowNs - probedNs >= Math.min(2 * state.statusNs(), shorterLeaseNs() / 4) && !witnesses.isEmpty()) {
            probedNs = nowNs;
            out.add(new Effect.ProbeWitnesses(witnesses));
        }
    }

    /// A master with a majority holds all there is. A peer that answered a status message sent since the mark became
    /// void has taken no epoch of its own meanwhile.
    private boolean holdsAllAgain(int peer, long nowNs) {
        return !state.durable.inSync()
                && !state.alone
                && state.masterLeaseValid(nowNs)
                && state.peer(peer).masterEchoNs - voidNs > 0;
    }

    private boolean mayGoAlone(int peer, long nowNs) {
        boolean leaseOut = !state.master || !state.masterLeaseValid(nowNs);
        return leaseOut
                && state.mayLead()
                && !state.goingAlone
                && livenessOnData
                && state.isSilent(peer, nowNs)
                && nowNs - state.startNs > state.deadNs();
    }

    private void considerAlone(int peer, long nowNs, Effects out) {
        if (!unbrokenWitness(peer, nowNs)) {
            if (state.durable.inSync()) {
                voidMark(nowNs, out);
            }
            return;
        }
        boolean marked = state.durable.inSync() || state.durable.sole();
        boolean known = state.bootedSole || heardVoterSinceStart;
        if (marked && known && state.durable.undecidedVoterChange() == null && !state.durable.voteVoid()) {
            if (state.master) {
                node.stepDown(true, nowNs, out);
            }
            goAlone(state.durable.promisedEpoch() + 1, later -> state.isSilent(peer, later) && witnessed(later), out);
        }
    }

    private boolean unbrokenWitness(int peer, long nowNs) {
        if (!witnessed(nowNs)) {
            return false;
        }
        long deadNs = state.deadNs(peer);
        long silentFromNs = state.peer(peer).heardNs;
        boolean sinceHeard = silentFromNs != Peer.NEVER && unwitnessedNs - (silentFromNs - deadNs) < 0;
        boolean sinceBoot = state.bootedSole && nowNs - unwitnessedNs > deadNs && nowNs - state.startNs > 2 * deadNs;
        return sinceHeard || sinceBoot;
    }

    /// Takes an epoch without a majority. `sole` is on disk before the first frame is served.
    private void goAlone(long epoch, java.util.function.LongPredicate still, Effects out) {
        state.goingAlone = true;
        node.resetElection();
        boolean wasSole = state.durable.sole();
        state.durable = state.durable.withPromise(epoch, state.self()).withSole(true);
        state.statusDue = true;
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                state.goingAlone = false;
                if (state.durable.promisedEpoch() == epoch
                        && !state.master
                        && state.durable.sole()
                        && still.test(laterNs)) {
                    node.becomeMaster(epoch, true, Map.of(), laterNs, later);
                } else if (!state.master && !wasSole) {
                    state.durable = state.durable.withSole(false);
                    state.persist(later);
                }
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                state.goingAlone = false;
            }
        });
    }

    /// A lone master that sees a higher promise takes an epoch above it, if its witness still answers.
    void outrun(long promisedEpoch, long nowNs, Effects out) {
        node.stepDown(true, nowNs, out);
        goAlone(promisedEpoch + 1, this::witnessed, out);
    }

    /// The peer is back and holds the same line: `sole` is cleared on disk first.
    private void pairAgain(int peer, long nowNs, Effects out) {
        boolean back = !state.isSilent(peer, nowNs)
                && state.peer(peer).decidedNumber >= state.number()
                && !node.commit().busy()
                && state.writes.fault() == null;
        if (!back || !state.durable.sole()) {
            return;
        }
        state.durable = state.durable.withSole(false).withInSync(true);
        long epoch = state.masterEpoch;
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                if (state.master && state.masterEpoch == epoch && state.alone) {
                    state.alone = false;
                    state.statusDue = true;
                }
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                if (state.master && state.masterEpoch == epoch && state.alone) {
                    state.durable = state.durable.withSole(true);
                }
            }
        });
    }

    /// Whether the operator should know that this device could not go on alone now.
    boolean markVoid() {
        return peerOfPair() != 0 && !state.durable.inSync() && !state.durable.sole();
    }
}
