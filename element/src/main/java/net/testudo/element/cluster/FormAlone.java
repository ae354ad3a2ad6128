package net.testudo.element.cluster;

import java.util.Map;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Request;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionNote;

/// The rpc `form-alone`: the operator's word that the others are off stands for the majority. One revision is decided
/// by this device alone, with this device as the only voter, and in service.
final class FormAlone {
    private final ClusterState state;
    private final ClusterNode node;

    FormAlone(ClusterState state, ClusterNode node) {
        this.state = state;
        this.node = node;
    }

    void begin(Request.FormAlone request, long nowNs, Effects out) {
        long requestId = request.requestId();
        long epoch = state.durable.promisedEpoch() + 1;
        for (int d = 1; d <= DeviceSet.DEVICE_MAX; d++) {
            if (state.knows(d)) {
                epoch = Math.max(epoch, state.peer(d).promisedEpoch + 1);
            }
        }
        long taken = epoch;
        node.stepDown(true, nowNs, out);
        node.resetElection();
        Revision revision = Membership.successor(
                state,
                MemberList.activated(state.line().newest().content(), state.serial),
                DeviceSet.of(state.self()),
                state.header().engineBoots(),
                "form-alone",
                RevisionNote.own(state.clocks.wallMs));
        DurableState promised = state.durable.withPromise(taken, state.self());
        state.durable = formed(promised, revision, taken);
        state.goingAlone = true;
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                state.goingAlone = false;
                state.durable = formed(state.durable, revision, taken);
                state.refreshConfig();
                if (state.durable.promisedEpoch() == taken) {
                    state.standing = Standing.formedAlone(state, request.reason(), laterNs);
                    node.becomeMaster(taken, false, Map.of(), laterNs, later);
                }
                later.add(new Effect.Reply(Answer.ok(requestId, revision.number())));
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                state.goingAlone = false;
                later.add(new Effect.Reply(Answer.no(requestId, Answer.Outcome.STORE_FAILED, reason)));
            }
        });
        // Nobody sees the revision before it is on disk; if it cannot be written, there is none.
        state.durable = promised;
    }

    private static DurableState formed(DurableState durable, Revision revision, long epoch) {
        Line line = durable.line();
        return line == null || line.number() >= revision.number()
                ? durable
                : durable.withLine(line.plus(revision))
                        .withPrepared(null)
                        .withSuspended(DeviceSet.NONE, epoch, 0)
                        .withSole(false);
    }
}
