package net.testudo.element.cluster;

import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.TieBreakerConfig;
import net.testudo.element.net.DeviceSet;

/// Which device the header of a revision names as the one whose half is the majority of an even split (PAR-04, PAR-07).
///
/// The header decides, not the role: so all devices agree on it, and another one is a change of voters, which the old
/// and the new majority decide.
final class TieBreaker {
    /// How long another device has been the wanted one before the header is changed: roles may move for a moment.
    private static final long HOLD_NS = 1_000_000_000L;

    private final ClusterState state;
    private int wanted;
    private long wantedNs = Peer.NEVER;

    TieBreaker(ClusterState state) {
        this.state = state;
    }

    /// The one that the configuration wants for `voters`, as this master sees it; the master itself if that one is no
    /// voter. 0 where none is needed.
    static int of(ClusterState state, DeviceSet voters) {
        ClusterConfig config = state.config;
        TieBreakerConfig rule = config == null
                ? TieBreakerConfig.STANDARD
                : config.operation().election().tieBreaker();
        int device = switch (rule.choice()) {
            case MASTER -> state.self();
            case BACKUP_MASTER -> state.backup;
            case MEMBER ->
                config == null ? 0 : MemberList.device(config, rule.serial()).orElse(0);
        };
        return Quorum.tieBreaker(voters, voters.contains(device) ? device : state.self());
    }

    /// Whether the header should name another one now. That one has to be there, and hold the newest revision.
    boolean isDue(long nowNs) {
        int device = of(state, state.voters());
        boolean there = device == state.self()
                || (device != 0
                        && !state.isSilent(device, nowNs)
                        && state.peer(device).decidedNumber == state.number());
        if (device != wanted || device == state.header().tieBreaker() || !there || state.alone) {
            wanted = device;
            wantedNs = nowNs;
            return false;
        }
        return nowNs - wantedNs >= HOLD_NS;
    }
}
