package net.testudo.element.link;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.channel.AssociationListener;
import net.testudo.element.channel.FrameOpener;
import net.testudo.element.channel.FrameSealer;
import net.testudo.element.channel.HandshakeFailure;
import net.testudo.element.channel.HandshakeFate;
import net.testudo.element.channel.HandshakeSink;
import net.testudo.element.channel.PairSession;
import net.testudo.element.channel.ReliableStream;
import net.testudo.element.channel.SegmentFate;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.MemberVersions;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.ControlCodec;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.DiscoveryMessage;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.StatusMessage;
import org.jspecify.annotations.Nullable;

/// Sends and receives the messages of the cluster protocol.
public final class ClusterLink {
    /// A member that was heard this long ago on a path is taken to be there.
    private static final int FRESH_STATUS_INTERVALS = 8;
    /// Who was heard on a path within this time is said to be heard on it; nothing is decided by it.
    private static final long HEARD_NS = 1_000_000_000L;
    /// Every so many statuses go to the data ports too, all of them while somebody is silent on the cluster port.
    private static final int DATA_PATH_SHARE = 4;
    private static final int AT_RECEIVER = FrameOpener.AT_CONTENT;
    private static final int AT_MESSAGE = AT_RECEIVER + 1;
    private static final int CLUSTER_MESSAGE = 0;
    private static final int FLOW_MESSAGE = 1;
    private static final int KEY_MESSAGE = 2;

    private final PathSet paths;
    private final LinkListener listener;
    private final ProtocolVersions own;
    private long bootId;
    private final long freshNs;
    private final JoinSessions joins;
    private final RelayFrames relayFrames;
    private final int contentOctetsMax;
    private final byte[] plain;
    private final byte[] clear = new byte[2_048];
    private final LinkCounters counters = new LinkCounters();
    private final SecurePaths secure;
    private final PeerSessions peers = new PeerSessions();
    private final HandshakeSink handshakeSink = (_, frame) -> sendHandshake(frame);
    /// What each device said last, as it proved who it is; also of one that was refused for it.
    private final @Nullable ProtocolVersions[] known = new ProtocolVersions[DeviceSet.DEVICE_MAX + 1];

    private boolean versionsChanged = true;
    private boolean livenessOnData = true;
    private long statuses;

    /// @param paths the cluster port, then the data ports in the order of the networks
    /// @param identity who this device is
    /// @param statusNs interval of status messages
    public ClusterLink(PathPorts paths, LinkIdentity identity, long statusNs, LinkListener listener) {
        this.paths = new PathSet(paths.ports());
        this.listener = listener;
        this.bootId = identity.bootId();
        this.own = identity.versions();
        this.freshNs = FRESH_STATUS_INTERVALS * statusNs;
        this.contentOctetsMax = this.paths.payloadOctetsMax() - FrameSealer.OVERHEAD_OCTETS;
        this.relayFrames = new RelayFrames(contentOctetsMax - 1);
        this.plain = new byte[contentOctetsMax];
        this.secure = new SecurePaths(this.paths, identity, counters, new Associated(), freshNs / 2);
        this.joins = new JoinSessions(this.paths, identity, contentOctetsMax, counters, listener);
    }

    /// Takes over an identity in a cluster, or gives it up (device 0). No other device is trusted then.
    ///
    /// @param privateKey of this device, 64 hexadecimal digits
    /// @param ownBootId under which this device speaks from now on
    public void changeIdentity(int device, String clusterId, String privateKey, long ownBootId) {
        bootId = ownBootId;
        peers.clear();
        java.util.Arrays.fill(known, null);
        versionsChanged = true;
        secure.changeIdentity(
                device, clusterId, privateKey, ownBootId, (to, message) -> offerControl(to, KEY_MESSAGE, message));
    }

    /// Associates with these devices and no others; who is no more among them cannot read what is sent once all others
    /// have new keys.
    ///
    /// @param publicKeys by device number, 64 hexadecimal digits each
    /// @param revoked those of them that are told that they were taken out of the cluster, and nothing else
    public void trust(SortedMap<Integer, String> publicKeys, DeviceSet revoked) {
        DeviceSet ended = secure.trust(publicKeys, revoked);
        for (int device = ended.first(); device != 0; device = ended.next(device)) {
            peers.remove(device);
            known[device] = null;
            versionsChanged = true;
        }
    }

    /// Whether status messages travel on the data ports too.
    public void livenessOnData(boolean on) {
        livenessOnData = on;
    }

    /// Changes this device's transmit key whenever so many frames were sealed with it, instead of
    /// [KeyChange#FRAMES_MAX]; with 0 at once, and again and again.
    public void changeKeyAfter(long frames) {
        secure.changeKeyAfter(frames);
    }

    /// The join sessions of this device.
    public JoinSessions joins() {
        return joins;
    }

    private final class Associated implements AssociationListener {
        @Override
        public void onAssociated(int device, long peerBootId, ProtocolVersions spoken, boolean next) {
            PeerSession peer = peer(device);
            versionsChanged = true;
            known[device] = spoken;
            if (peers.open(peer, peerBootId, own.common(spoken))) {
                listener.onSession(device, peerBootId);
            }
            secure.onAssociated(device, next);
        }

        @Override
        public void onVersionRefused(int device, ProtocolVersions spoken) {
            versionsChanged |= !spoken.equals(known[device]);
            known[device] = spoken;
        }

        @Override
        public void onRevoked(int device) {
            listener.onRevoked(device);
        }

        @Override
        public void onAssociationFailed(int device, long peerBootId, HandshakeFailure failure) {
            counters.count("association-failed", failure);
        }
    }

    private PeerSession peer(int device) {
        PeerSession peer = peers.get(device);
        if (peer == null) {
            peer = new PeerSession(device, bootId, paths.count(), contentOctetsMax - 1);
            peers.put(peer);
        }
        return peer;
    }

    // --- receiving

    /// Whether the frame belongs to the cluster protocol.
    public static boolean isClusterFrame(MemorySegment buffer, long offset, int length) {
        return PathSet.isClusterFrame(buffer, offset, length);
    }

    /// The members that were heard on the cluster port within the last second.
    public DeviceSet heardOnCluster(long nowNs) {
        return peers.heard(0, 1, nowNs, HEARD_NS);
    }

    /// The members that were heard on a data port within the last second.
    public DeviceSet heardOnData(long nowNs) {
        return peers.heard(1, paths.count(), nowNs, HEARD_NS);
    }

    /// Takes a cluster frame that arrived on `path`.
    public void onFrame(int path, MemorySegment buffer, long offset, int length, long nowNs) {
        if (!PathSet.isClusterFrame(buffer, offset, length)) {
            count("cluster-frame-foreign");
            return;
        }
        if (PathSet.isSealed(buffer, offset)) {
            onSealed(path, buffer, offset, length, nowNs);
            return;
        }
        long at = offset + PathSet.HEADER_OCTETS;
        int octets = length - PathSet.HEADER_OCTETS;
        switch (PathSet.type(buffer, offset)) {
            case FrameType.HANDSHAKE -> onHandshake(path, copy(buffer, at, octets), nowNs);
            case FrameType.CERTIFICATE -> {
                if (path != 0 || !joins.onCertificate(copy(buffer, at, octets), nowNs)) {
                    count("handshake-certificate-unexpected");
                }
            }
            case FrameType.DISCOVERY -> {
                if (path == 0) {
                    onDiscovery(buffer, offset, copy(buffer, at, octets));
                } else {
                    count("discovery-on-data-port");
                }
            }
            default -> count("cluster-frame-type-unknown");
        }
    }

    private static byte[] copy(MemorySegment buffer, long at, int octets) {
        return buffer.asSlice(at, octets).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    }

    private void onDiscovery(MemorySegment buffer, long offset, byte[] octets) {
        switch (DiscoveryMessage.parse(octets, 0, octets.length)) {
            case DiscoveryMessage.Query _ -> listener.onQuery();
            case DiscoveryMessage.Announcement announcement -> {
                joins.noteBoot(announcement.identity().serial(), announcement.bootId(), PathSet.source(buffer, offset));
                listener.onAnnouncement(announcement, PathSet.source(buffer, offset));
            }
            case null -> count("discovery-malformed");
        }
    }

    private void onHandshake(int path, byte[] octets, long nowNs) {
        HandshakeFate fate = path == 0 ? joins.onHandshake(octets, nowNs) : HandshakeFate.NOT_FOR_US;
        if (fate == HandshakeFate.NOT_FOR_US) {
            fate = secure.onHandshake(octets, nowNs);
        }
        counters.count("handshake", fate);
    }

    private void onSealed(int path, MemorySegment buffer, long offset, int length, long nowNs) {
        if (path == 0 && PairSession.isPairs(buffer, offset, length)) {
            joins.onSealed(copy(buffer, offset, length), nowNs);
            return;
        }
        FrameOpener opened = secure.open(path, buffer, offset, length, nowNs);
        if (opened != null) {
            PeerSession peer = peer(opened.sender());
            peer.heard(path, PathSet.source(buffer, offset).bits(), nowNs);
            deliver(peer, opened, nowNs);
        }
    }

    private void deliver(PeerSession peer, FrameOpener opened, long nowNs) {
        byte[] content = opened.content();
        int length = opened.length() - 1;
        if (length < 0) {
            count("sealed-without-content");
            return;
        }
        if (content[AT_RECEIVER] != 0 && content[AT_RECEIVER] != secure.device()) {
            return; // For another device: a switch floods what it has not learnt yet.
        }
        switch (opened.messageClass()) {
            case MessageClass.STATUS, MessageClass.PROBE -> onStatus(peer, opened.version(), content, length);
            case MessageClass.CONTROL ->
                note(peer.control.onSegment(
                        content, AT_MESSAGE, length, nowNs, (octets, at, n) -> onControl(peer, octets, at, n)));
            case MessageClass.BULK ->
                note(peer.bulk.onSegment(
                        content,
                        AT_MESSAGE,
                        length,
                        nowNs,
                        (octets, at, n) ->
                                listener.onFlowBulk(peer.device, java.util.Arrays.copyOfRange(octets, at, at + n))));
            case MessageClass.RELAY -> onRelay(peer, content, length);
            default -> count("message-class-unknown");
        }
    }

    private void onRelay(PeerSession peer, byte[] content, int length) {
        int frame = relayFrames.join(peer.device, content, AT_MESSAGE, length);
        if (frame > 0) {
            int networkAndReason = content[AT_MESSAGE] & 0xff;
            listener.onRelay(
                    peer.device, networkAndReason >>> 4, networkAndReason & 0xf, relayFrames.frame(), 0, frame);
        } else if (frame < 0) {
            count("relay-part-lost");
        }
    }

    private void onStatus(PeerSession peer, int version, byte[] content, int length) {
        StatusMessage status = StatusMessage.parse(new OctetReader(content, AT_MESSAGE, length), version);
        if (status == null || status.device() != peer.device || status.bootId() != peer.bootId) {
            count("status-malformed");
        } else {
            peer.says(status.heardOn(), secure.device());
            listener.onStatus(status);
        }
    }

    private void onControl(PeerSession peer, byte[] octets, int at, int length) {
        if (length < 1) {
            count("control-malformed");
        } else if (octets[at] == FLOW_MESSAGE) {
            listener.onFlowControl(peer.device, java.util.Arrays.copyOfRange(octets, at + 1, at + length));
        } else if (octets[at] == KEY_MESSAGE) {
            secure.onKeyMessage(peer.device, java.util.Arrays.copyOfRange(octets, at + 1, at + length));
        } else {
            ControlMessage message =
                    ControlCodec.parse(java.util.Arrays.copyOfRange(octets, at + 1, at + length), peer.version);
            if (message == null) {
                count("control-malformed");
            } else {
                listener.onControl(peer.device, peer.bootId, message);
            }
        }
    }

    private void note(SegmentFate fate) {
        if (fate != SegmentFate.ACCEPTED) {
            counters.count("segment", fate);
        }
    }

    // --- sending

    /// Sends a status on the cluster port, and as a probe on the data ports when it is their turn or when a device
    /// that was associated is not heard on the cluster port.
    public void sendStatus(StatusMessage status, long nowNs) {
        int version = version();
        byte[] octets =
                status.withHeardOn(peers.heardOn(paths.count(), nowNs, freshNs)).toOctets(version);
        plain[0] = 0;
        System.arraycopy(octets, 0, plain, 1, octets.length);
        statuses++;
        boolean everywhere = statuses % DATA_PATH_SHARE == 0 || peers.isAnySilentOnClusterPort(nowNs, freshNs / 2);
        int last = livenessOnData && everywhere ? paths.count() : 1;
        for (int path = 0; path < last; path++) {
            int messageClass = path == 0 ? MessageClass.STATUS : MessageClass.PROBE;
            secure.send(path, PathSet.GROUP_MAC, version, messageClass, plain, octets.length + 1);
        }
    }

    /// The version of what all associated members are sent: the newest one that all of them and this device speak.
    public int version() {
        return peers.commonVersion(own.newest());
    }

    /// Which versions the members speak, if that changed since this was asked last, else null.
    public @Nullable MemberVersions takeVersions() {
        if (!versionsChanged) {
            return null;
        }
        versionsChanged = false;
        SortedMap<Integer, ProtocolVersions> spoken = new TreeMap<>();
        for (int device = 1; device <= DeviceSet.DEVICE_MAX; device++) {
            ProtocolVersions said = known[device];
            if (said != null) {
                spoken.put(device, said);
            }
        }
        if (secure.device() != 0) {
            spoken.put(secure.device(), own);
        }
        return new MemberVersions(version(), spoken);
    }

    /// The version in which this device and `device` talk; the first one if there is no session.
    public int version(int device) {
        return peers.version(device);
    }

    /// Sends a control message of the cluster state machine. Dropped if there is no session: it is asked again.
    public void sendControl(int device, ControlMessage message) {
        int version = version(device);
        if (ControlCodec.knows(message, version)) {
            offerControl(device, CLUSTER_MESSAGE, ControlCodec.toOctets(message, version));
        }
    }

    /// Sends a control message of the data plane.
    ///
    /// @return false if there is no session or the queue is full
    public boolean sendFlowControl(int device, byte[] message) {
        return offerControl(device, FLOW_MESSAGE, message);
    }

    private boolean offerControl(int device, int kind, byte[] message) {
        PeerSession peer = peers.get(device);
        byte[] octets = new byte[message.length + 1];
        octets[0] = (byte) kind;
        System.arraycopy(message, 0, octets, 1, message.length);
        return peer != null && peer.control.offer(octets);
    }

    /// Sends run-time data.
    ///
    /// @return false if there is no session or the queue is full
    public boolean sendFlowBulk(int device, byte[] message) {
        PeerSession peer = peers.get(device);
        return peer != null && peer.bulk.offer(message);
    }

    /// Whether all run-time data sent to `device` arrived there.
    public boolean isBulkDelivered(int device) {
        PeerSession peer = peers.get(device);
        return peer == null || peer.bulk.isDrained();
    }

    /// Segments of run-time data that were sent to `device` again.
    public long bulkRetransmissions(int device) {
        PeerSession peer = peers.get(device);
        return peer == null ? 0 : peer.bulk.retransmissions();
    }

    /// Relays a data frame.
    ///
    /// @return false if the device is not heard or the port is busy
    ///
    /// @param networkAndReason the index of the data network times 16, and why it is relayed (1 to 15)
    public boolean relay(int device, int networkAndReason, MemorySegment buffer, long offset, int length, long nowNs) {
        PeerSession peer = peers.get(device);
        int path = peer == null ? -1 : peer.path(nowNs, freshNs);
        if (peer == null || path < 0) {
            return false;
        }
        return relayFrames.cut(networkAndReason, buffer, offset, length, (content, n) -> {
            plain[0] = (byte) device;
            System.arraycopy(content, 0, plain, 1, n);
            return secure.send(path, peer.mac[path], peer.version, MessageClass.RELAY, plain, n + 1);
        });
    }

    /// Sends a discovery message on the cluster port.
    public void sendDiscovery(DiscoveryMessage message) {
        sendClear(FrameType.DISCOVERY, DiscoveryMessage.toOctets(message), 0);
    }

    private void sendClear(int type, byte[] octets, int path) {
        System.arraycopy(octets, 0, clear, PathSet.HEADER_OCTETS, octets.length);
        paths.sendClear(path, type, clear, octets.length);
    }

    /// Emits what is due: stream segments, handshakes, join sessions.
    public int doWork(long nowNs) {
        int work = joins.doWork(nowNs);
        if (secure.isKeyChangeDue()) {
            secure.changeKey(peers.associated(), peers.reachable(nowNs, freshNs), nowNs);
        }
        work += secure.doWork(nowNs, handshakeSink);
        DeviceSet associated = peers.associated();
        for (int d = associated.first(); d != 0; d = associated.next(d)) {
            PeerSession peer = peers.at(d);
            work += send(peer, MessageClass.CONTROL, peer.control, nowNs);
            work += send(peer, MessageClass.BULK, peer.bulk, nowNs);
        }
        return work;
    }

    private int send(PeerSession peer, int messageClass, ReliableStream stream, long nowNs) {
        return stream.isDue(nowNs)
                ? stream.doWork(nowNs, (octets, at, n) -> sendSegment(peer, messageClass, octets, at, n, nowNs))
                : 0;
    }

    private void sendHandshake(byte[] frame) {
        for (int path = 0; path < (livenessOnData ? paths.count() : 1); path++) {
            sendClear(FrameType.HANDSHAKE, frame, path);
        }
    }

    private boolean sendSegment(PeerSession peer, int messageClass, byte[] octets, int at, int length, long nowNs) {
        plain[0] = (byte) peer.device;
        System.arraycopy(octets, at, plain, 1, length);
        int path = peer.path(nowNs, freshNs);
        if (path >= 0) {
            return secure.send(path, peer.mac[path], peer.version, messageClass, plain, length + 1);
        }
        boolean sent = false;
        for (int p = 0; p < (livenessOnData ? paths.count() : 1); p++) {
            sent |= secure.send(p, peer.mac[p], peer.version, messageClass, plain, length + 1);
        }
        return sent;
    }

    /// When [#doWork] has to be called at the latest.
    public long nextDeadlineNs(long nowNs) {
        long nextNs = joins.nextDeadlineNs(nowNs);
        nextNs = earlier(nextNs, secure.nextDeadlineNs(nowNs, nextNs));
        DeviceSet associated = peers.associated();
        for (int d = associated.first(); d != 0; d = associated.next(d)) {
            PeerSession peer = peers.at(d);
            nextNs = earlier(nextNs, peer.control.nextDeadlineNs(nowNs));
            nextNs = earlier(nextNs, peer.bulk.nextDeadlineNs(nowNs));
        }
        return nextNs;
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    private void count(String name) {
        counters.count(name);
    }

    /// Adds this link's counters.
    public void addTo(Map<String, Long> target) {
        counters.addTo(target);
    }
}
