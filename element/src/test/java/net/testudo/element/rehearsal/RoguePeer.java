package net.testudo.element.rehearsal;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.testudo.element.link.ClusterLink;
import net.testudo.element.link.LinkIdentity;
import net.testudo.element.link.LinkListener;
import net.testudo.element.link.PathPorts;
import net.testudo.element.net.MacAddress;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.EntropySource;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.DeviceIdentity;
import net.testudo.element.wire.cluster.DiscoveryMessage;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.StatusMessage;

/// Holds the right join key and says in a join session what a test makes up: a master, or a device that is to join.
final class RoguePeer implements LinkListener {
    final List<JoinMessage> heard = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    boolean open;
    private final ClusterLink link;
    private final MemoryNetwork.Port port;
    private final String serial;
    private final long bootId;

    RoguePeer(MemoryNetwork.Port port, String serial, long bootId, EntropySource entropy) {
        this.port = port;
        this.serial = serial;
        this.bootId = bootId;
        String joinKey = RehearsedCluster.JOIN_KEY;
        this.link = new ClusterLink(
                new PathPorts(List.of(port)),
                new LinkIdentity(serial, bootId, joinKey, null, entropy, ProtocolVersions.OWN),
                5_000_000,
                this);
    }

    /// As a device that is to join: says that it is there.
    void announce() {
        DeviceIdentity identity =
                new DeviceIdentity(serial, "rehearsal", "1", "1", "1", List.of(), "", ProtocolVersions.OWN);
        link.sendDiscovery(new DiscoveryMessage.Announcement(identity, bootId, ""));
    }

    /// As a master: asks who is there.
    void query() {
        link.sendDiscovery(new DiscoveryMessage.Query(serial));
    }

    /// As a master: opens a session.
    void open(String device, long nowNs) {
        link.joins().open(device, RehearsedCluster.JOIN_KEY, nowNs);
    }

    void say(String device, JoinMessage message) {
        link.joins().send(device, message);
    }

    void doWork(long nowNs) {
        port.poll(
                (buffer, offset, length) -> {
                    if (ClusterLink.isClusterFrame(buffer, offset, length)) {
                        link.onFrame(0, buffer, offset, length, nowNs);
                    }
                },
                256);
        link.doWork(nowNs);
    }

    @Override
    public void onJoinSession(String device) {
        open = true;
    }

    @Override
    public void onJoinFailed(String device, String reason) {
        failures.add(device + ": " + reason);
    }

    @Override
    public void onJoinMessage(String device, JoinMessage message) {
        heard.add(message);
    }

    @Override
    public void onStatus(StatusMessage status) {
        // It is in no cluster.
    }

    @Override
    public void onControl(int device, long peerBootId, ControlMessage message) {
        throw new AssertionError("from " + device + " without an association");
    }

    @Override
    public void onFlowControl(int device, byte[] message) {
        throw new AssertionError(HexFormat.of().formatHex(message));
    }

    @Override
    public void onFlowBulk(int device, byte[] message) {
        throw new AssertionError(HexFormat.of().formatHex(message));
    }

    @Override
    public void onRelay(int device, int network, int reason, MemorySegment buffer, long offset, int length) {
        throw new AssertionError("from " + device + " without an association");
    }

    @Override
    public void onSession(int device, long peerBootId) {
        // It starts none.
    }

    @Override
    public void onRevoked(int device) {
        throw new AssertionError("from " + device + " without an association");
    }

    @Override
    public void onQuery() {
        // It announces itself when the test says so.
    }

    @Override
    public void onAnnouncement(DiscoveryMessage.Announcement announcement, MacAddress mac) {
        // The link remembers the boot id.
    }
}
