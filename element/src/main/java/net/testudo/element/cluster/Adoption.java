package net.testudo.element.cluster;

import net.testudo.element.cluster.history.ContentArchive;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PreparedEntry;

/// What a device does when it takes over the line of others.
final class Adoption {
    private Adoption() {}

    /// Takes a longer decided line. What this device decided, and the line does not hold, is kept as orphan.
    static void adopt(ClusterState state, Line line) {
        keepOrphans(state, line);
        state.durable = state.durable.withLine(line);
        PreparedEntry prepared = state.durable.prepared();
        if (prepared != null && prepared.revision().number() <= line.number()) {
            state.durable = state.durable.withPrepared(null);
        }
        state.refreshConfig();
        if (state.durable.voteVoid() && !state.isVoter()) {
            state.durable = state.durable.withVoteVoid(false);
        }
    }

    private static void keepOrphans(ClusterState state, Line line) {
        Line own = state.durable.line();
        if (own == null) {
            return;
        }
        ContentArchive archive = state.durable.archive();
        PreparedEntry alone = state.bootedAlone;
        if (alone != null
                && alone.revision()
                        .header()
                        .parent()
                        .equals(own.newest().header().hash())) {
            Line longer = own.plus(alone.revision());
            archive = archive.following(own, longer);
            own = longer;
        }
        state.bootedAlone = null;
        if (!own.agreesWith(line)) {
            state.durable =
                    state.durable.withOrphans(state.durable.orphans().plus(own, archive, line, state.clocks.wallMs));
        }
    }
}
