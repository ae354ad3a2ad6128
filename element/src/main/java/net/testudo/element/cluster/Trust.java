package net.testudo.element.cluster;

import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.management.Content;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.DeviceKey;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.RevisionHeader;
import org.jspecify.annotations.Nullable;

/// With which devices this one associates: those whose public keys the newest decided revision holds. A device that
/// was taken out is keyed out a moment later (JON-16, NON-01), and not before that is on this device's disk: it forgets
/// the cluster when it is told, and its vote is needed until then.
final class Trust {
    /// A removed device is heard for so long after this one learnt of it, so that it learns of it too.
    static final long FAREWELL_NS = 1_000_000_000L;

    private final ClusterState state;
    private int identity = -1;
    private long number = -1;
    private DeviceSet trusted = DeviceSet.NONE;
    private DeviceSet leaving = DeviceSet.NONE;
    private long leavingUntilNs = Peer.NEVER;
    private DeviceSet current = DeviceSet.NONE;
    /// The header that [#current] was read from.
    private @Nullable RevisionHeader currentOf;

    Trust(ClusterState state) {
        this.state = state;
    }

    /// The keys that the next revision holds: those of devices that are neither voter nor member any more are revoked.
    ///
    /// @param voters of the next revision
    static SortedMap<Integer, DeviceKey> after(
            ClusterState state, Content content, Digest contentHash, DeviceSet voters) {
        RevisionHeader decided = state.header();
        DeviceSet before = state.members().or(decided.voters());
        DeviceSet members =
                contentHash.equals(decided.contentHash()) ? state.members() : devices(state, content, before);
        return revoked(decided.keys(), before.minus(members.or(voters)));
    }

    private static DeviceSet devices(ClusterState state, Content content, DeviceSet otherwise) {
        ClusterConfig config = state.contents.config(content);
        return config == null ? otherwise : MemberList.devices(config);
    }

    /// The keys, those of `devices` revoked.
    static SortedMap<Integer, DeviceKey> revoked(SortedMap<Integer, DeviceKey> keys, DeviceSet devices) {
        SortedMap<Integer, DeviceKey> edited = new TreeMap<>(keys);
        edited.replaceAll((device, key) -> devices.contains(device) ? new DeviceKey(key.publicKey(), true) : key);
        return edited;
    }

    /// Devices that may associate, and are neither voter nor member.
    DeviceSet guests() {
        return current(state.header()).minus(state.members().or(state.voters()));
    }

    /// All whose key is not revoked; asked for at every turn.
    @SuppressWarnings("ReferenceEquality") // a header is immutable
    private DeviceSet current(RevisionHeader header) {
        if (header != currentOf) {
            currentOf = header;
            current = DeviceSet.NONE;
            for (var entry : header.keys().entrySet()) {
                current = entry.getValue().revoked() ? current : current.with(entry.getKey());
            }
        }
        return current;
    }

    /// Whether `device` may say that this one was taken out.
    boolean isTrusted(int device) {
        return trusted.contains(device);
    }

    void doWork(long nowNs, Effects out) {
        if (identity != state.identity) {
            identity = state.identity;
            number = -1;
            trusted = DeviceSet.NONE;
        }
        if (number != state.number()) {
            number = state.number();
            DeviceSet current = current(state.header());
            leaving = leaving.or(trusted).minus(current);
            leavingUntilNs = leaving.isEmpty() ? leavingUntilNs : nowNs + FAREWELL_NS;
            trusted = current;
            tell(out);
        } else if (!leaving.isEmpty() && nowNs - leavingUntilNs >= 0 && state.storedNumber() == number) {
            leaving = DeviceSet.NONE;
            tell(out);
        }
    }

    private void tell(Effects out) {
        SortedMap<Integer, String> publicKeys = new TreeMap<>();
        DeviceSet revoked = DeviceSet.NONE;
        for (var entry : state.header().keys().entrySet()) {
            int device = entry.getKey();
            if (device != state.self()) {
                publicKeys.put(device, entry.getValue().publicKey().hex());
                boolean ended = entry.getValue().revoked() && !leaving.contains(device);
                revoked = ended ? revoked.with(device) : revoked;
            }
        }
        out.add(new Effect.TrustDevices(publicKeys, revoked));
    }
}
