package net.testudo.element.cluster;

import java.util.regex.Pattern;
import net.testudo.element.channel.DeviceKeys;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.port.EntropySource;
import net.testudo.element.wire.cluster.DeviceKey;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.PublicKey;
import net.testudo.element.wire.cluster.RevisionHeader;

/// The device's side of an admission: takes the master's offer, stores it, confirms what it stored; and forgets
/// everything when it is refused, removed or reset (DCF-09, NON-04, NON-06).
final class Candidacy {
    private static final long PATIENCE_NS = 60_000_000_000L;
    /// A sealed frame names 56 bits of a boot id; this leaves room for as many starts again.
    private static final long BOOT_COUNT_MAX = 1L << 23;
    private static final Pattern CLUSTER_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final ClusterState state;
    private final ClusterNode node;
    private final EntropySource entropy;
    private long acceptedNs = Peer.NEVER;

    Candidacy(ClusterState state, ClusterNode node, EntropySource entropy) {
        this.state = state;
        this.node = node;
        this.entropy = entropy;
        if (state.configured() && !isMember()) {
            acceptedNs = state.startNs;
        }
    }

    /// Whether this device holds a cluster's configuration but is no member of it yet.
    boolean pending() {
        return state.configured() && !isMember();
    }

    private boolean isMember() {
        return state.members().contains(state.self()) || state.isVoter();
    }

    void onMessage(String master, JoinMessage message, long nowNs, Effects out) {
        switch (message) {
            case JoinMessage.Offer offer -> onOffer(master, offer, nowNs, out);
            case JoinMessage.Refused _ -> giveUp(nowNs, out);
            case JoinMessage.Known known -> onKnown(known, nowNs, out);
            case JoinMessage.Accepted _ -> state.count("join-message-unexpected");
        }
    }

    private void onOffer(String master, JoinMessage.Offer offer, long nowNs, Effects out) {
        boolean same = state.durable.clusterId().equals(offer.clusterId());
        boolean other = state.configured() && (!same || (isMember() && !wasTakenOut(offer.line())));
        boolean outdated = same && pending() && offer.epoch() < state.durable.promisedEpoch();
        if (other || outdated || !isUsable(offer)) {
            String why = other
                    ? "it is a member of a cluster already"
                    : outdated ? "it took the offer of a later master" : "the offer cannot be used by this version";
            out.add(new Effect.SendJoin(master, new JoinMessage.Refused(why)));
            return;
        }
        acceptedNs = nowNs;
        node.departure().end();
        state.bootId = Long.max(state.bootId + 1, startedAfter(offer.bootAbove()));
        String privateKey = DeviceKeys.draw(entropy);
        state.durable = DurableState.unconfigured(state.bootId >>> Integer.SIZE)
                .withIdentity(offer.clusterId(), offer.device(), privateKey)
                .withLine(offer.line());
        state.refreshConfig();
        node.follow(offer.epoch(), offer.master(), nowNs, out);
        Digest deviceHash = Admission.digest(offer.deviceConfiguration());
        Digest revisionHash = state.header().hash();
        PublicKey publicKey = PublicKey.of(DeviceKeys.publicKey(privateKey));
        state.persist(out, (_, later) -> {
            later.add(state.changeIdentity());
            later.add(new Effect.SendJoin(master, new JoinMessage.Accepted(deviceHash, revisionHash, publicKey)));
        });
    }

    /// The master of this device's cluster, which proved itself as in a join, tells what was decided. If that holds no
    /// key of this device, nor does what this one knows, its admission was cut short before anybody was told the
    /// key: whatever the configuration says of its serial number, nobody will ever hear it in the sealed channel.
    private void onKnown(JoinMessage.Known known, long nowNs, Effects out) {
        Line line = known.line();
        boolean usable = state.configured()
                && known.clusterId().equals(state.durable.clusterId())
                && !state.master
                && state.contents.fault(line.newest().content()) == null;
        if (usable && !holdsOwnKey(state.header()) && !holdsOwnKey(line.newest().header())) {
            state.count("admission-cut-short");
            node.wipe(nowNs, out);
        } else if (usable && isMember() && line.number() > state.number()) {
            state.count("introduced");
            node.adopt(line, nowNs);
            state.persist(out);
        }
    }

    /// Whether this device was ever admitted with its key; it may be revoked since.
    private boolean holdsOwnKey(RevisionHeader header) {
        DeviceKey key = header.keys().get(state.self());
        return key != null && key.publicKey().equals(PublicKey.of(DeviceKeys.publicKey(state.durable.privateKey())));
    }

    /// Whether the decided line, longer than this device's, lists it no more.
    private boolean wasTakenOut(Line line) {
        ClusterConfig config = state.contents.config(line.newest().content());
        return !state.master
                && line.number() > state.number()
                && config != null
                && config.member(state.serial).isEmpty()
                && !line.newest().header().voters().contains(state.self());
    }

    /// This process as one that was started after another device of its number.
    private long startedAfter(long bootAbove) {
        long count = (bootAbove >>> Integer.SIZE) + 1;
        return bootAbove == 0 ? 0 : (count << Integer.SIZE) | (state.bootId & 0xffff_ffffL);
    }

    /// What is stored here is used at each start: an identity that cannot be used would end this device for ever.
    private boolean isUsable(JoinMessage.Offer offer) {
        return isDevice(offer.device())
                && isDevice(offer.master())
                && offer.master() != offer.device()
                && offer.bootAbove() >>> Integer.SIZE <= BOOT_COUNT_MAX
                && CLUSTER_ID.matcher(offer.clusterId()).matches()
                && state.contents.fault(offer.line().newest().content()) == null;
    }

    private static boolean isDevice(int number) {
        return number >= 1 && number <= DeviceSet.DEVICE_MAX;
    }

    void doWork(long nowNs, Effects out) {
        if (!pending()) {
            acceptedNs = nowNs;
        } else if (nowNs - acceptedNs > PATIENCE_NS) {
            giveUp(nowNs, out);
        }
    }

    /// Forgets the offer, unless this device stored a revision that gives it a vote: that one may be decided.
    private void giveUp(long nowNs, Effects out) {
        PreparedEntry entry = state.durable.prepared();
        boolean mayBeVoter = entry != null
                && !entry.tombstone()
                && entry.revision().header().voters().contains(state.self());
        if (pending() && !mayBeVoter) {
            node.wipe(nowNs, out);
        }
    }

    /// Forgets configuration, keys and cluster; the device is unconfigured afterwards.
    void wipe(long nowNs, Effects out) {
        node.stepDown(false, nowNs, out);
        node.resetElection();
        state.durable = DurableState.unconfigured(state.durable.bootCount());
        state.forgetCluster();
        node.masterEnded(nowNs, out);
        state.persist(out);
        state.bootId++;
        out.add(state.changeIdentity());
    }
}
