package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.management.ElectionState;
import net.testudo.element.management.ElectionState.Contender;
import net.testudo.element.wire.cluster.StatusMessage;

/// What management is told of the election.
final class ElectionView {
    private final ClusterNode node;
    private final ClusterState state;
    private final long nowNs;

    private ElectionView(ClusterNode node, long nowNs) {
        this.node = node;
        this.state = node.state();
        this.nowNs = nowNs;
    }

    /// @param originNs what has to be added to the times of `node` to have those of the outside
    static ElectionState of(ClusterNode node, long nowNs, long originNs) {
        return node.state().config == null ? ElectionState.NONE : new ElectionView(node, nowNs).build(originNs);
    }

    private ElectionState build(long originNs) {
        Succession succession = node.mastership().succession();
        Ranking ranking = Ranking.without(state, node.master(), nowNs);
        long termEndNs = succession.termEndNs();
        boolean ends = state.master && termEndNs != Peer.NEVER;
        return new ElectionState(
                ranking.first(),
                succession.penalty(nowNs),
                succession.isSuppressed(nowNs),
                ends ? termEndNs + originNs : 0,
                handOver(succession),
                state.header().tieBreaker(),
                state.heardOnData
                                .minus(state.heardOnCluster)
                                .and(state.members())
                                .isEmpty()
                        ? 1
                        : 2,
                state.heardOnCluster,
                state.heardOnData,
                contenders(ranking));
    }

    private ElectionState.HandOver handOver(Succession succession) {
        Succession.Plan plan = succession.plan();
        return plan == null
                ? ElectionState.HandOver.NONE
                : new ElectionState.HandOver(
                        plan.target(), plan.reason(), plan.text(), succession.waitsFor(plan, nowNs));
    }

    private List<Contender> contenders(Ranking ranking) {
        List<Contender> contenders = new ArrayList<>();
        ClusterConfig config = state.config;
        for (ClusterConfig.Member member : config == null ? List.<ClusterConfig.Member>of() : config.members()) {
            int d = member.id();
            boolean leads = d == node.master();
            contenders.add(new Contender(
                    d, state.candidate(d).score(), leads || d == ranking.first() ? "" : whyNot(d, ranking)));
        }
        contenders.sort(java.util.Comparator.comparingInt(Contender::device));
        return contenders;
    }

    private String whyNot(int device, Ranking ranking) {
        boolean own = device == state.self();
        StatusMessage status = state.peer(device).status;
        boolean voteVoid = own ? state.durable.voteVoid() : status != null && status.has(StatusMessage.VOTE_VOID);
        if (!own && (status == null || state.isSilent(device, nowNs))) {
            return "silent";
        }
        if (!state.voters().contains(device)) {
            return "no-vote";
        }
        if (node.suspendedMembers().contains(device)) {
            return "suspended";
        }
        if (voteVoid) {
            return "vote-void";
        }
        return state.deactivated().contains(device) ? "maintenance" : ranking.whyLost(device, ranking.first());
    }
}
