package net.testudo.element.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.channel.DeviceKeys;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ConfigFault;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Answer.Outcome;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.Request;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.port.EntropySource;
import net.testudo.element.wire.cluster.DeviceKey;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PublicKey;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;

/// The agent's requests: checks whether they can be done here and now, and answers each exactly once.
final class Commands {
    private static final int WAITING_MAX = 16;

    private final ClusterState state;
    private final ClusterNode node;
    private final EntropySource entropy;
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final Revisions revisions;
    private boolean forming;
    private final MemberRequests members;
    private final IdentityRequests identity;
    private final List<Confirmation> confirmations = new ArrayList<>();

    /// A decided commit whose answer waits until every reachable member holds it.
    private record Confirmation(long requestId, long number, long decidedNs) {}

    Commands(ClusterState state, ClusterNode node, EntropySource entropy) {
        this.state = state;
        this.node = node;
        this.entropy = entropy;
        this.members = new MemberRequests(state, node, this);
        this.identity = new IdentityRequests(state, node, this);
        revisions = new Revisions(state);
    }

    void onRequest(Request request, long nowNs, Effects out) {
        switch (request) {
            case Request.Commit commit when !state.configured() -> form(commit, out);
            case Request.Activate activate when members.isWish(activate, nowNs) -> members.wish(activate, nowNs);
            case Request.Commit _, Request.Leave _, Request.Replace _, Request.Deactivate _, Request.Activate _ ->
                enqueue(request, nowNs, out);
            case Request.RotateIdentity _, Request.WaiveExposure _ -> enqueue(request, nowNs, out);
            case Request.CommitStatus status -> lookUp(status, out);
            case Request.CompareMembers compare -> {
                if (leads(compare.requestId(), nowNs, out)) {
                    node.comparison().begin(compare.requestId(), nowNs, out);
                }
            }
            case Request.FetchOrphan fetch -> {
                if (fetch.device() == state.self() || leads(fetch.requestId(), nowNs, out)) {
                    node.orphans().fetch(fetch, nowNs, out);
                }
            }
            case Request.DismissOrphan dismiss -> {
                if (dismiss.device() == state.self() || leads(dismiss.requestId(), nowNs, out)) {
                    node.orphans().dismiss(dismiss, nowNs, out);
                }
            }
            case Request.FetchRevision fetch -> answer(out, revisions.fetch(fetch));
            case Request.Join join -> {
                if (leads(join.requestId(), nowNs, out)) {
                    node.admission().onJoinRequest(join.requestId(), join.serial(), nowNs, out);
                }
            }
            case Request.RunningLock lock -> {
                node.admission().onRunningLock(lock.holder());
                answer(out, Answer.ok(lock.requestId(), 0));
            }
            case Request.Failover failover -> failOver(failover, nowNs, out);
            case Request.FormAlone alone -> formAlone(alone, nowNs, out);
            case Request.FactoryReset reset -> {
                node.wipe(nowNs, out);
                answer(out, Answer.ok(reset.requestId(), 0));
            }
        }
    }

    static void answer(Effects out, Answer answer) {
        out.add(new Effect.Reply(answer));
    }

    /// Whether this device is the serving master; if not, says so.
    private boolean leads(long requestId, long nowNs, Effects out) {
        if (!state.configured()) {
            answer(
                    out,
                    Answer.no(
                            requestId,
                            Outcome.REFUSED,
                            "this device is in no cluster: commit a cluster " + "configuration first"));
            return false;
        }
        if (state.masterServing(nowNs)) {
            return true;
        }
        int master = state.followed;
        boolean heard = master != 0 && master != state.self() && !state.isSilent(master, nowNs);
        if (!state.master && heard) {
            ClusterConfig config = state.config;
            String serial = config == null ? "" : MemberList.serial(config, master);
            answer(
                    out,
                    Answer.no(
                            requestId,
                            Outcome.NOT_MASTER,
                            "device " + master + " (" + serial + ") is master: use the cluster address"));
        } else {
            answer(out, Answer.no(requestId, Outcome.NO_QUORUM, noQuorum(nowNs)));
        }
        return false;
    }

    private String noQuorum(long nowNs) {
        DeviceSet silent = DeviceSet.NONE;
        DeviceSet voters = state.voters().without(state.self());
        for (int d = voters.first(); d != 0; d = voters.next(d)) {
            if (state.isSilent(d, nowNs)) {
                silent = silent.with(d);
            }
        }
        DeviceSet left = state.voters().minus(silent);
        if (left.minus(state.deactivated()).isEmpty() && Quorum.isMajority(state.header(), left, false)) {
            return "all devices that are left are in maintenance: use activate-member at the address of one of them";
        }
        return "no majority of the voters " + state.voters() + " is reachable; silent: " + silent
                + ". Bring them back, or use form-alone if they are off for good";
    }

    // --- commits and changes of members: one at a time

    private void enqueue(Request request, long nowNs, Effects out) {
        if (request instanceof Request.Leave leave && leave.serial().isEmpty() && !state.configured()) {
            answer(out, Answer.no(leave.requestId(), Outcome.REFUSED, "this device is in no cluster"));
        } else if (!leads(request.requestId(), nowNs, out)) {
            return;
        } else if (state.writes.fault() != null) {
            answer(out, Answer.no(request.requestId(), Outcome.STORE_FAILED, state.writes.fault()));
        } else if (waiting.size() >= WAITING_MAX) {
            answer(out, Answer.no(request.requestId(), Outcome.IN_PROGRESS, "too many commits wait: try again"));
        } else {
            waiting.add(request);
        }
        doWork(nowNs, out);
    }

    void doWork(long nowNs, Effects out) {
        Request.Activate due = members.takeWish(nowNs);
        if (due != null) {
            enqueue(due, nowNs, out);
        }
        while (!waiting.isEmpty() && !node.commit().busy() && state.master) {
            Request request = waiting.remove();
            if (!leads(request.requestId(), nowNs, out)) {
                continue;
            }
            switch (request) {
                case Request.Commit commit -> commit(commit, nowNs, out);
                case Request.Leave leave -> members.leave(leave, nowNs, out);
                case Request.Replace replace -> members.replace(replace, nowNs, out);
                case Request.Deactivate deactivate -> members.deactivate(deactivate, nowNs, out);
                case Request.Activate activate -> members.activate(activate, nowNs, out);
                case Request.RotateIdentity rotate -> identity.rotate(rotate, nowNs, out);
                case Request.WaiveExposure waive -> identity.waive(waive, nowNs, out);
                default -> throw new IllegalStateException("only commits and changes of members wait: " + request);
            }
        }
        confirm(nowNs, out);
    }

    private void commit(Request.Commit commit, long nowNs, Effects out) {
        String storeFault = state.writes.fault();
        ConfigFault fault = state.contents.fault(commit.content());
        String refusal = members.refusal(commit.content(), nowNs);
        Line line = state.line();
        RevisionHeader base = line.header(commit.baseRevision());
        Digest current = line.newest().header().contentHash();
        if (storeFault != null) {
            answer(out, Answer.no(commit.requestId(), Outcome.STORE_FAILED, storeFault));
        } else if (fault != null) {
            answer(out, new Answer(commit.requestId(), Outcome.INVALID, fault.message(), fault.path(), 0));
        } else if (base == null || !base.contentHash().equals(current)) {
            answer(
                    out,
                    Answer.no(
                            commit.requestId(),
                            Outcome.STALE_BASE,
                            "the configuration changed meanwhile (revision " + line.number() + "): look at it and "
                                    + "commit again"));
        } else if (changesMembers(commit.content())) {
            answer(
                    out,
                    new Answer(
                            commit.requestId(),
                            Outcome.INVALID,
                            "members are added and removed by the rpcs join and leave",
                            ClusterConfig.MEMBERS,
                            0));
        } else if (refusal != null) {
            answer(out, new Answer(commit.requestId(), Outcome.INVALID, refusal, ClusterConfig.MEMBERS, 0));
        } else if (Revision.hash(commit.content()).equals(current)) {
            answer(out, Answer.ok(commit.requestId(), line.number()));
        } else {
            Revision revision = Membership.committed(state, commit);
            node.propose(revision, outcome(commit.requestId(), commit.commitId()), nowNs, out);
        }
    }

    private boolean changesMembers(Content content) {
        ClusterConfig next = state.contents.config(content);
        ClusterConfig config = state.config;
        return next == null || config == null || !MemberList.devices(next).equals(MemberList.devices(config));
    }

    Commit.Outcome outcome(long requestId, String commitId) {
        return new Commit.Outcome() {
            @Override
            public void decided(Revision revision, long nowNs, Effects out) {
                confirmations.add(new Confirmation(requestId, revision.number(), nowNs));
                state.notify(
                        out,
                        Kind.REVISION_COMMITTED,
                        state.self(),
                        "revision " + revision.number(),
                        Map.of("commit-id", commitId, "revision", Long.toString(revision.number())));
            }

            @Override
            public void withdrawn(Commit.Withdrawal why, long nowNs, Effects out) {
                answer(out, new Answer(requestId, why.outcome(), why.reason(), why.path(), 0));
            }

            @Override
            public void unknown(Effects out) {
                answer(
                        out,
                        Answer.no(
                                requestId,
                                Outcome.OUTCOME_UNKNOWN,
                                "this device is master no more: ask the cluster address for commit-id " + commitId));
            }
        };
    }

    /// A commit is answered when every reachable member holds it; who does not confirm in time is suspended.
    private void confirm(long nowNs, Effects out) {
        for (Confirmation confirmation : List.copyOf(confirmations)) {
            boolean late = nowNs - confirmation.decidedNs > state.commitTimeoutNs();
            DeviceSet lagging = node.lagging(confirmation.number);
            if (late) {
                node.suspendLagging(lagging);
            }
            if (late || lagging.isEmpty()) {
                confirmations.remove(confirmation);
                answer(out, Answer.ok(confirmation.requestId, confirmation.number));
            }
        }
    }

    /// This device is no longer master, or in no cluster any more: what was decided is decided, the rest waits no
    /// longer.
    void masterEnded(long nowNs, Effects out) {
        confirmations.forEach(done -> answer(out, Answer.ok(done.requestId, done.number)));
        confirmations.clear();
        while (!waiting.isEmpty()) {
            leads(waiting.remove().requestId(), nowNs, out);
        }
        Request.Activate wish = members.takeWish(nowNs);
        if (wish != null) {
            leads(wish.requestId(), nowNs, out);
        }
    }

    private void lookUp(Request.CommitStatus status, Effects out) {
        Line line = state.durable.line();
        if (line == null) {
            answer(out, Answer.no(status.requestId(), Outcome.REFUSED, "this device is in no cluster"));
            return;
        }
        for (RevisionHeader header : line.headers()) {
            if (header.commitId().equals(status.commitId())) {
                answer(out, Answer.ok(status.requestId(), header.number()));
                return;
            }
        }
        answer(
                out,
                Answer.no(
                        status.requestId(),
                        Outcome.OUTCOME_UNKNOWN,
                        "no revision from " + line.headers().getFirst().number() + " to " + line.number()
                                + " has this commit-id"));
    }

    // --- forming and leading

    /// Genesis: voters {this device}, epoch 0 and a parent of zeros (FRM-04, JON-14).
    private void form(Request.Commit commit, Effects out) {
        if (forming) {
            answer(out, Answer.no(commit.requestId(), Outcome.IN_PROGRESS, "the cluster is being formed"));
            return;
        }
        Content content = MemberList.with(commit.content(), state.serial, 1);
        ConfigFault fault = state.contents.fault(content);
        ClusterConfig config = state.contents.config(content);
        if (fault != null || config == null) {
            String path = fault == null ? "" : fault.path();
            String message = fault == null ? "the configuration cannot be used" : fault.message();
            answer(out, new Answer(commit.requestId(), Outcome.INVALID, message, path, 0));
            return;
        }
        if (config.members().size() > 1) {
            answer(
                    out,
                    new Answer(
                            commit.requestId(),
                            Outcome.INVALID,
                            "a cluster begins with one device; the others are added by the rpc join",
                            ClusterConfig.MEMBERS,
                            0));
            return;
        }
        String privateKey = DeviceKeys.draw(entropy);
        RevisionHeader header = new RevisionHeader(
                1,
                Digest.ZERO,
                Revision.hash(content),
                DeviceSet.of(1),
                0,
                new TreeMap<>(Map.of(state.serial, 1)),
                new TreeMap<>(Map.of(1, new DeviceKey(PublicKey.of(DeviceKeys.publicKey(privateKey)), false))),
                0,
                commit.commitId(),
                Membership.note(state, commit));
        DurableState before = state.durable;
        DurableState formed = DurableState.unconfigured(before.bootCount())
                .withIdentity(clusterId(), 1, privateKey)
                .withLine(Line.of(new Revision(header, content)));
        forming = true;
        state.durable = formed;
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                forming = false;
                state.durable = formed;
                state.refreshConfig();
                state.clusterStartedNs = laterNs;
                later.add(state.changeIdentity());
                answer(later, Answer.ok(commit.requestId(), 1));
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                forming = false;
                answer(later, Answer.no(commit.requestId(), Outcome.STORE_FAILED, reason));
            }
        });
        // Nobody sees the cluster before it is on disk.
        state.durable = before;
    }

    /// A random UUID (RFC 9562 §5.4). `java.util.UUID` is not used: it can make one from its own random source.
    private String clusterId() {
        byte[] octets = new byte[16];
        entropy.fill(octets);
        octets[6] = (byte) ((octets[6] & 0x0f) | 0x40);
        octets[8] = (byte) ((octets[8] & 0x3f) | 0x80);
        String hex = HexFormat.of().formatHex(octets);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    private void failOver(Request.Failover failover, long nowNs, Effects out) {
        long id = failover.requestId();
        if (!leads(id, nowNs, out)) {
            return;
        }
        boolean self = failover.device() == 0 || failover.device() == state.self();
        String refusal = failover.target() == 0 ? null : members.cannotLead(failover.target(), nowNs);
        if (!self) {
            answer(
                    out,
                    Answer.no(
                            id,
                            Outcome.REFUSED,
                            "device " + failover.device() + " is not the master; only the "
                                    + "master's role can be handed over"));
        } else if (refusal != null) {
            answer(out, Answer.no(id, Outcome.REFUSED, refusal));
        } else if (state.backup == 0) {
            answer(out, Answer.no(id, Outcome.REFUSED, "there is no backup master to take over"));
        } else {
            node.mastership().succession().ask(failover.target(), failover.reason());
            answer(out, Answer.ok(id, state.number()));
        }
    }

    /// The operator vouches that the other voters are off: this device becomes the only voter.
    private void formAlone(Request.FormAlone request, long nowNs, Effects out) {
        long requestId = request.requestId();
        if (!state.configured()) {
            answer(out, Answer.no(requestId, Outcome.REFUSED, "this device is in no cluster"));
            return;
        }
        DeviceSet heard = DeviceSet.NONE;
        DeviceSet others = state.others();
        for (int d = others.first(); d != 0; d = others.next(d)) {
            if (!state.isSilent(d, nowNs)) {
                heard = heard.with(d);
            }
        }
        if (!heard.isEmpty()) {
            answer(
                    out,
                    Answer.no(
                            requestId,
                            Outcome.REFUSED,
                            "devices " + heard + " are heard: form-alone is for a "
                                    + "device whose peers are all off"));
        } else if (!state.members().contains(state.self())) {
            answer(out, Answer.no(requestId, Outcome.REFUSED, "this device is no member yet"));
        } else {
            node.formAlone(request, nowNs, out);
        }
    }
}
