package net.testudo.element.cluster;

import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.IdentityConfig.Settlement;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Answer.Outcome;
import net.testudo.element.management.Author;
import net.testudo.element.management.Content;
import net.testudo.element.management.Request;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionNote;

/// The agent's requests about the cluster's identity: each becomes one revision.
final class IdentityRequests {
    private final ClusterState state;
    private final ClusterNode node;
    private final Commands commands;

    IdentityRequests(ClusterState state, ClusterNode node, Commands commands) {
        this.state = state;
        this.node = node;
        this.commands = commands;
    }

    /// Replaces secrets; if it replaces all that the cluster makes itself, every exposure is settled by it.
    void rotate(Request.RotateIdentity request, long nowNs, Effects out) {
        ClusterConfig config = state.config;
        Content content = state.line().newest().content();
        if (config == null || (request.hostKey().isEmpty() && !request.joinKeys())) {
            refuse(request, "nothing is to be replaced", out);
            return;
        }
        content = request.hostKey().isEmpty() ? content : IdentityContent.withHostKey(content, request.hostKey());
        content = request.joinKeys() ? IdentityContent.withoutStrangersKeys(content, config) : content;
        if (!request.hostKey().isEmpty() && request.joinKeys()) {
            content = IdentityContent.settled(
                    content,
                    exposed(config),
                    Settlement.ROTATION,
                    request.author().user(),
                    "");
        }
        propose(request, content, request.author(), nowNs, out);
    }

    /// The operator says that nothing has to be replaced because of one device.
    void waive(Request.WaiveExposure request, long nowNs, Effects out) {
        ClusterConfig config = state.config;
        SortedMap<Integer, String> exposed = config == null ? new TreeMap<>() : exposed(config);
        String mark = exposed.get(request.device());
        if (mark == null) {
            refuse(request, "device " + request.device() + " is no exposure: the alarms say which devices are", out);
            return;
        }
        SortedMap<Integer, String> one = new TreeMap<>();
        one.put(request.device(), mark);
        Content content = IdentityContent.settled(
                state.line().newest().content(),
                one,
                Settlement.WAIVER,
                request.author().user(),
                request.reason());
        propose(request, content, request.author(), nowNs, out);
    }

    private SortedMap<Integer, String> exposed(ClusterConfig config) {
        return Exposure.of(state.header(), config.operation().identity());
    }

    private void propose(Request request, Content content, Author author, long nowNs, Effects out) {
        if (Revision.hash(content).equals(state.header().contentHash())) {
            Commands.answer(out, Answer.ok(request.requestId(), state.number()));
            return;
        }
        RevisionNote note = new RevisionNote(state.clocks.wallMs, author.user(), author.session(), author.comment());
        Revision revision = Membership.successor(
                state, content, state.voters(), state.header().engineBoots(), "", note);
        node.propose(revision, commands.outcome(request.requestId(), ""), nowNs, out);
    }

    private static void refuse(Request request, String why, Effects out) {
        Commands.answer(out, Answer.no(request.requestId(), Outcome.REFUSED, why));
    }
}
