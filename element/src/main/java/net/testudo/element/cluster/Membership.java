package net.testudo.element.cluster;

import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.management.Author;
import net.testudo.element.management.Content;
import net.testudo.element.management.Request;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.DeviceKey;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.PublicKey;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.RevisionNote;
import net.testudo.element.wire.cluster.StatusMessage;

/// Who has a vote: changes by one device per revision, proposed by the master when nothing else is
/// under way.
final class Membership {
    private static final long TRY_AGAIN_NS = 1_000_000_000L;

    private final ClusterState state;
    private final Commit commit;
    private final Admission admission;
    private final Trust trust;
    private final TieBreaker tieBreaker;
    private boolean activated;
    private final long[] tryAgainNs = new long[DeviceSet.DEVICE_MAX + 1];

    Membership(ClusterState state, Commit commit, Admission admission, Trust trust) {
        this.state = state;
        this.commit = commit;
        this.admission = admission;
        this.trust = trust;
        this.tieBreaker = new TieBreaker(state);
        java.util.Arrays.fill(tryAgainNs, Peer.NEVER);
    }

    /// A new master: its first own revision counts the activation of the SNMP engine.
    void begin() {
        activated = false;
    }

    void doWork(long nowNs, Effects out) {
        if (!state.master || commit.busy() || !state.masterLeaseValid(nowNs)) {
            return;
        }
        if (!activated) {
            activate(nowNs, out);
        } else if (!admission.proposeJoiner(nowNs, out) && !revokeAbandoned(nowNs, out)) {
            boolean proposed = removeSilentVoter(nowNs, out) || addVoter(nowNs, out);
            if (!proposed && tieBreaker.isDue(nowNs)) {
                commit.propose(tieBroken(), false, new Quiet(), nowNs, out);
            }
        }
    }

    private void activate(long nowNs, Effects out) {
        RevisionHeader decided = state.header();
        Revision revision =
                successor(state, state.line().newest().content(), decided.voters(), decided.engineBoots() + 1);
        commit.propose(
                revision,
                false,
                new Quiet() {
                    @Override
                    public void decided(Revision done, long laterNs, Effects later) {
                        activated = true;
                    }
                },
                nowNs,
                out);
    }

    /// A device whose admission came to nothing has no part in the channel any more.
    private boolean revokeAbandoned(long nowNs, Effects out) {
        DeviceSet abandoned = trust.guests().minus(admission.joining());
        if (abandoned.isEmpty() || !due(abandoned.first(), nowNs)) {
            return false;
        }
        commit.propose(revoking(state, abandoned), false, new Quiet(), nowNs, out);
        return true;
    }

    private boolean removeSilentVoter(long nowNs, Effects out) {
        DeviceSet voters = state.voters().without(state.self());
        for (int d = voters.first(); d != 0; d = voters.next(d)) {
            StatusMessage status = state.peer(d).status;
            long hold = state.voterHoldNs();
            boolean held = state.peer(d).silentNs(nowNs) > hold && nowNs - state.startNs > hold;
            boolean voided = status != null && status.has(StatusMessage.VOTE_VOID) && !state.isSilent(d, nowNs);
            boolean reset = state.isSilent(d, nowNs) && admission.announcedWithoutCluster(d);
            boolean majorityRemains = voters.size() >= 2 || state.alone;
            if ((held || voided || reset) && majorityRemains && due(d, nowNs)) {
                propose(state.voters().without(d), nowNs, out);
                return true;
            }
        }
        return false;
    }

    private boolean addVoter(long nowNs, Effects out) {
        DeviceSet candidates = state.members().minus(state.voters());
        for (int d = candidates.first(); d != 0; d = candidates.next(d)) {
            StatusMessage status = state.peer(d).status;
            boolean inSync = status != null
                    && !status.has(StatusMessage.VOTE_VOID)
                    && !state.isSilent(d, nowNs)
                    && state.peer(d).decidedNumber == state.number();
            if (inSync && !state.alone && due(d, nowNs)) {
                propose(state.voters().with(d), nowNs, out);
                return true;
            }
        }
        return false;
    }

    private boolean due(int device, long nowNs) {
        if (nowNs - tryAgainNs[device] < 0) {
            return false;
        }
        tryAgainNs[device] = nowNs + TRY_AGAIN_NS;
        return true;
    }

    private void propose(DeviceSet voters, long nowNs, Effects out) {
        Content content = state.line().newest().content();
        Revision revision = successor(state, content, voters, state.header().engineBoots());
        commit.propose(revision, false, new Quiet(), nowNs, out);
    }

    /// Takes a device out: its vote and its member entry in one revision.
    void remove(int device, String serial, Commit.Outcome outcome, long nowNs, Effects out) {
        commit.propose(without(device, serial), false, outcome, nowNs, out);
    }

    /// Takes a device out as [#remove], and lets its entry wait for another one.
    void replace(int device, String serial, String by, Commit.Outcome outcome, long nowNs, Effects out) {
        Content content = MemberList.replaced(state.line().newest().content(), serial, by);
        Revision revision = successor(
                state, content, state.voters().without(device), state.header().engineBoots());
        commit.propose(revision, false, outcome, nowNs, out);
    }

    private Revision without(int device, String serial) {
        Content content = MemberList.without(state.line().newest().content(), serial);
        return successor(
                state, content, state.voters().without(device), state.header().engineBoots());
    }

    /// Voters that are missing for a cluster without `device`: nobody would serve while its removal is
    /// undecided, and it could not be decided. None if enough are there.
    DeviceSet missingWithout(int device, String serial, long nowNs) {
        RevisionHeader next = without(device, serial).header();
        DeviceSet able = DeviceSet.NONE;
        for (int d = next.voters().first(); d != 0; d = next.voters().next(d)) {
            StatusMessage status = state.peer(d).status;
            boolean heard = status != null && !status.has(StatusMessage.VOTE_VOID) && !state.isSilent(d, nowNs);
            able = d == state.self() || heard ? able.with(d) : able;
        }
        return Quorum.isMajority(next, able, state.alone)
                ? DeviceSet.NONE
                : next.voters().minus(able);
    }

    /// The next revision after the newest decided one, made by the cluster itself.
    static Revision successor(ClusterState state, Content content, DeviceSet voters, long engineBoots) {
        return successor(state, content, voters, engineBoots, "", RevisionNote.own(state.clocks.wallMs));
    }

    /// The revision that a commit makes.
    static Revision committed(ClusterState state, Request.Commit commit) {
        return successor(
                state,
                commit.content(),
                state.voters(),
                state.header().engineBoots(),
                commit.commitId(),
                note(state, commit));
    }

    /// What the history tells of a commit.
    static RevisionNote note(ClusterState state, Request.Commit commit) {
        Author author = commit.author();
        return new RevisionNote(state.clocks.wallMs, author.user(), author.session(), author.comment());
    }

    /// The next revision after the newest decided one.
    static Revision successor(
            ClusterState state,
            Content content,
            DeviceSet voters,
            long engineBoots,
            String commitId,
            RevisionNote note) {
        RevisionHeader decided = state.header();
        int tieBreaker = voters.equals(decided.voters()) ? decided.tieBreaker() : TieBreaker.of(state, voters);
        Digest contentHash = Revision.hash(content);
        RevisionHeader header = new RevisionHeader(
                decided.number() + 1,
                decided.hash(),
                contentHash,
                voters,
                tieBreaker,
                decided.numbers(),
                Trust.after(state, content, contentHash, voters),
                engineBoots,
                commitId,
                note);
        return new Revision(header, content);
    }

    /// The next revision, the same but for a device that is admitted under this number, and its key.
    static Revision admitting(ClusterState state, String serial, int device, PublicKey publicKey) {
        RevisionHeader decided = state.header();
        SortedMap<String, Integer> numbers = new TreeMap<>(decided.numbers());
        numbers.put(serial, device);
        SortedMap<Integer, DeviceKey> keys = new TreeMap<>(decided.keys());
        keys.put(device, new DeviceKey(publicKey, false));
        return unchanged(state, numbers, keys);
    }

    /// The next revision, the same but for keys that are revoked.
    private static Revision revoking(ClusterState state, DeviceSet devices) {
        RevisionHeader decided = state.header();
        return unchanged(state, decided.numbers(), Trust.revoked(decided.keys(), devices));
    }

    /// The next revision, the same but for the tie-breaker.
    private Revision tieBroken() {
        RevisionHeader decided = state.header();
        return unchanged(state, TieBreaker.of(state, decided.voters()), decided.numbers(), decided.keys());
    }

    private static Revision unchanged(
            ClusterState state, SortedMap<String, Integer> numbers, SortedMap<Integer, DeviceKey> keys) {
        return unchanged(state, state.header().tieBreaker(), numbers, keys);
    }

    private static Revision unchanged(
            ClusterState state,
            int tieBreaker,
            SortedMap<String, Integer> numbers,
            SortedMap<Integer, DeviceKey> keys) {
        RevisionHeader decided = state.header();
        RevisionHeader header = new RevisionHeader(
                decided.number() + 1,
                decided.hash(),
                decided.contentHash(),
                decided.voters(),
                tieBreaker,
                numbers,
                keys,
                decided.engineBoots(),
                "",
                RevisionNote.own(state.clocks.wallMs));
        return new Revision(header, state.line().newest().content());
    }

    /// For revisions of the cluster's own: nobody waits for them; what was not decided is proposed
    /// again when it is still needed.
    static class Quiet implements Commit.Outcome {
        @Override
        public void decided(Revision revision, long nowNs, Effects out) {
            // The state of the cluster shows it.
        }

        @Override
        public void withdrawn(Commit.Withdrawal why, long nowNs, Effects out) {
            // Tried again later.
        }

        @Override
        public void unknown(Effects out) {
            // The next master decides.
        }
    }
}
