package net.testudo.element.cluster;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.wire.cluster.JoinMessage;

/// Brings a device back that was away while others got new keys, so that it knows too few of those that are there: it
/// proves itself as it did when it joined, and the master tells it what was decided, in which all keys are. So it goes
/// on as a member, or learns that it is none any more.
final class Introduction {
    /// A device that announces itself with this cluster and was not heard in the sealed channel for so long knows too
    /// few keys.
    private static final long STRANGER_NS = 2_000_000_000L;
    private static final long TRY_AGAIN_NS = 5_000_000_000L;

    private final ClusterState state;
    private final TreeMap<String, Long> triedNs = new TreeMap<>();
    private final Set<String> opening = new TreeSet<>();

    Introduction(ClusterState state) {
        this.state = state;
    }

    /// A member, or former member, announced itself in clear, with this cluster.
    void onHeard(String serial, ClusterConfig config, long nowNs, Effects out) {
        int device = state.header().numbers().getOrDefault(serial, 0);
        boolean stranger = state.masterServing(nowNs)
                && device != 0
                && state.peer(device).silentNs(nowNs) > STRANGER_NS
                && nowNs - triedNs.getOrDefault(serial, Peer.NEVER) > TRY_AGAIN_NS;
        if (stranger) {
            triedNs.put(serial, nowNs);
            opening.add(serial);
            String joinKey =
                    config.joinKey(serial).map(ClusterConfig.JoinKey::keyHex).orElse("");
            out.add(new Effect.OpenJoin(serial, joinKey));
        }
    }

    /// A device proved itself.
    void onSessionOpened(String serial, Effects out) {
        if (opening.remove(serial) && state.master) {
            out.add(new Effect.SendJoin(serial, new JoinMessage.Known(state.durable.clusterId(), state.line())));
        }
    }
}
