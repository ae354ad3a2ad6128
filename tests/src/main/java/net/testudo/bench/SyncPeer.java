package net.testudo.bench;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import net.testudo.element.link.ClusterLink;
import net.testudo.element.link.LinkListener;
import net.testudo.element.net.MacAddress;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.DiscoveryMessage;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.StatusMessage;

/// The other device: counts the records that came from it, which have to come in order, and acknowledges them; and
/// knows what it acknowledged.
final class SyncPeer implements LinkListener {
    private static final long TELL_NS = 1_000_000;

    private final int device;
    private boolean there;
    private long received;
    private long receivedAndTold;
    private long acknowledged;
    private long toldNs;

    SyncPeer(int device) {
        this.device = device;
    }

    int device() {
        return device;
    }

    /// Whether it is associated.
    boolean isThere() {
        return there;
    }

    /// How many records it has acknowledged since the beginning.
    long acknowledged() {
        return acknowledged;
    }

    /// A record of this length that carries its number.
    static byte[] record(long number, int octets) {
        return ByteBuffer.allocate(octets).putLong(0, number).array();
    }

    /// Tells it how many of its records arrived, if more did: once in a millisecond, for what is new in it.
    void acknowledge(ClusterLink link, long nowNs) {
        if (received != receivedAndTold
                && nowNs - toldNs >= TELL_NS
                && link.sendFlowControl(device, record(received, Long.BYTES))) {
            receivedAndTold = received;
            toldNs = nowNs;
        }
    }

    @Override
    public void onFlowBulk(int from, byte[] message) {
        long number = ByteBuffer.wrap(message).getLong(0);
        if (number != received) {
            throw new IllegalStateException("record " + number + " came instead of " + received);
        }
        received++;
    }

    @Override
    public void onFlowControl(int from, byte[] message) {
        acknowledged = ByteBuffer.wrap(message).getLong(0);
    }

    @Override
    public void onRevoked(int from) {
        throw new IllegalStateException("revoked by " + from);
    }

    @Override
    public void onSession(int from, long bootId) {
        there = true;
    }

    @Override
    public void onStatus(StatusMessage status) {
        // The link itself learns from it where the other device is.
    }

    @Override
    public void onControl(int from, long bootId, ControlMessage message) {
        throw new IllegalStateException("nothing is decided here");
    }

    @Override
    public void onRelay(int from, int network, int reason, MemorySegment buffer, long offset, int length) {
        throw new IllegalStateException("nothing is relayed here");
    }

    @Override
    public void onQuery() {
        throw new IllegalStateException("nothing is discovered here");
    }

    @Override
    public void onAnnouncement(DiscoveryMessage.Announcement announcement, MacAddress mac) {
        throw new IllegalStateException("nothing is discovered here");
    }

    @Override
    public void onJoinSession(String serial) {
        throw new IllegalStateException("nobody joins here");
    }

    @Override
    public void onJoinFailed(String serial, String reason) {
        throw new IllegalStateException("nobody joins here");
    }

    @Override
    public void onJoinMessage(String serial, JoinMessage message) {
        throw new IllegalStateException("nobody joins here");
    }
}
