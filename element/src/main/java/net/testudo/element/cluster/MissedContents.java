package net.testudo.element.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.testudo.element.cluster.history.ContentArchive;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Kept;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.KeptMessage.ContentReply;
import net.testudo.element.wire.cluster.KeptMessage.ContentRequest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.Revision;
import org.jspecify.annotations.Nullable;

/// Contents of revisions that were decided while this device was away, or before it joined: fetched in the background,
/// the newest first, one at a time, from the master or whoever else holds them, so that every later master can show and
/// load what this one can.
final class MissedContents {
    private static final long PACE_NS = 100_000_000L;
    private static final long PATIENCE_NS = 2_000_000_000L;
    /// Ids of these questions; those of the operator's count from 1.
    private static final long ID_FLAG = 1L << 62;

    private final ClusterState state;
    private final Map<Digest, DeviceSet> without = new HashMap<>();
    private @Nullable Line line;
    private ContentArchive archive = ContentArchive.EMPTY;
    private List<Digest> missing = List.of();
    private @Nullable Digest wanted;
    private int asked;
    private long askedNs = Peer.NEVER;
    private long question;

    MissedContents(ClusterState state) {
        this.state = state;
    }

    @SuppressWarnings("ReferenceEquality") // both are immutable, and asked for at every turn
    void doWork(long nowNs, Effects out) {
        Line newest = state.durable.line();
        if (newest == null || !state.members().contains(state.self())) {
            missing = List.of();
            wanted = null;
            return;
        }
        if (newest != line || state.durable.archive() != archive) {
            if (newest != line) {
                without.clear();
            }
            line = newest;
            archive = state.durable.archive();
            missing = archive.missing(newest, state.historyDepth());
        }
        boolean waits = wanted != null && nowNs - askedNs < PATIENCE_NS;
        if (missing.isEmpty() || waits || nowNs - askedNs < PACE_NS) {
            return;
        }
        Digest late = wanted;
        if (late != null) {
            notThere(late, asked);
        }
        ask(nowNs, out);
    }

    private void ask(long nowNs, Effects out) {
        wanted = null;
        for (Digest hash : missing) {
            int device = holder(without.getOrDefault(hash, DeviceSet.NONE), nowNs);
            if (device != 0) {
                wanted = hash;
                asked = device;
                askedNs = nowNs;
                ContentRequest request = new ContentRequest(ID_FLAG | ++question, hash);
                out.add(new Effect.SendMessage(device, new Kept(request)));
                return;
            }
        }
    }

    /// Who may hold a content: the master, else any member that is heard; 0 if nobody is left.
    private int holder(DeviceSet not, long nowNs) {
        DeviceSet left = state.others().and(state.members()).minus(not);
        if (left.contains(state.followed) && !state.isSilent(state.followed, nowNs)) {
            return state.followed;
        }
        for (int d = left.first(); d != 0; d = left.next(d)) {
            if (!state.isSilent(d, nowNs)) {
                return d;
            }
        }
        return 0;
    }

    private void notThere(Digest hash, int device) {
        without.merge(hash, DeviceSet.of(device), DeviceSet::or);
    }

    void onReply(int from, ContentReply reply, Effects out) {
        Digest hash = wanted;
        Line newest = state.durable.line();
        if (hash == null || newest == null || from != asked || reply.id() != (ID_FLAG | question)) {
            return;
        }
        wanted = null;
        if (!reply.held() || !Revision.hash(reply.content()).equals(hash)) {
            notThere(hash, from);
            return;
        }
        ContentArchive longer = state.durable.archive().with(newest, reply.content());
        if (longer.missing(newest, state.historyDepth()).contains(hash)) {
            // It does not fit any more, and nothing older does.
            without.put(hash, state.others());
            return;
        }
        state.durable = state.durable.withArchive(longer);
        state.persist(out);
    }
}
