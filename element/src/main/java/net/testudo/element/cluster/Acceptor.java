package net.testudo.element.cluster;

import net.testudo.element.wire.cluster.ControlMessage.Decide;
import net.testudo.element.wire.cluster.ControlMessage.Prepare;
import net.testudo.element.wire.cluster.ControlMessage.PrepareReply;
import net.testudo.element.wire.cluster.ControlMessage.Reapply;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.Revision;

/// The voter's side of the two-phase commit: validates, stores, acknowledges.
final class Acceptor {
    private final ClusterState state;
    private final ClusterNode node;

    Acceptor(ClusterState state, ClusterNode node) {
        this.state = state;
        this.node = node;
    }

    void onPrepare(int master, Prepare prepare, long nowNs, Effects out) {
        PreparedEntry entry = prepare.entry();
        if (!Epochs.isCurrent(entry.epoch(), state.durable)) {
            state.count("prepare-refused-epoch");
            return;
        }
        node.follow(entry.epoch(), master, nowNs, out);
        PreparedEntry held = state.durable.prepared();
        if (entry.revision().number() != state.number() + 1 || (held != null && !entry.supersedes(held))) {
            return;
        }
        if (!entry.revision().header().parent().equals(state.header().hash())) {
            state.count("prepare-refused-parent");
            return;
        }
        if (!entry.tombstone() && !entry.repeated()) {
            var fault = state.contents.fault(entry.revision().content());
            if (fault != null) {
                refuse(master, entry, fault.path(), fault.message(), out);
                return;
            }
        }
        store(master, entry, out);
    }

    private void store(int master, PreparedEntry entry, Effects out) {
        state.durable = state.durable.withPrepared(entry);
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                if (Epochs.isCurrent(entry.epoch(), state.durable)) {
                    PrepareReply reply = new PrepareReply(entry.epoch(), entry.sequence(), true, "", "");
                    later.add(new Effect.SendMessage(master, reply));
                }
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                refuse(master, entry, "", reason, later);
            }
        });
    }

    private void refuse(int master, PreparedEntry entry, String path, String reason, Effects out) {
        String who = "device " + state.serial + ": " + reason;
        PrepareReply reply = new PrepareReply(entry.epoch(), entry.sequence(), false, path, who);
        out.add(new Effect.SendMessage(master, reply));
    }

    void onDecide(int master, Decide decide, long nowNs, Effects out) {
        if (Epochs.isCurrent(decide.epoch(), state.durable)) {
            node.follow(decide.epoch(), master, nowNs, out);
        } else if (!continuesOwnLine(decide.line())) {
            state.count("decide-refused-epoch");
            return;
        }
        if (decide.line().number() > state.number()) {
            node.adopt(decide.line(), nowNs);
            state.persist(out, (_, _) -> state.statusDue = true);
        }
    }

    /// The master found that this device works with something else than the decided revision: takes the content from it
    /// and into use again.
    void onReapply(int master, Reapply again, long nowNs, Effects out) {
        if (!Epochs.isCurrent(again.epoch(), state.durable)) {
            state.count("reapply-refused-epoch");
            return;
        }
        node.follow(again.epoch(), master, nowNs, out);
        Revision revision = again.revision();
        if (!state.configured() || !revision.header().equals(state.header())) {
            return;
        }
        state.count("reapplied");
        state.durable = state.durable.withLine(new Line(state.line().headers(), revision));
        state.refreshConfig();
        state.persist(out);
        out.add(new Effect.ApplyAgain());
    }

    /// What a majority decided stays decided, whatever this device promised since. A removed device that was a
    /// candidate meanwhile could not learn otherwise that it was removed.
    private boolean continuesOwnLine(Line line) {
        Line own = state.durable.line();
        return own == null || own.agreesWith(line);
    }
}
