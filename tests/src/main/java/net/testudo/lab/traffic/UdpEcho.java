package net.testudo.lab.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;

/// Returns the datagrams of [UdpProbe]s, and tells each how often its source address or port changed on the way.
final class UdpEcho implements AutoCloseable {
    private static final int SESSION_COUNT_MAX = 10_000;

    private final DatagramChannel channel;
    private final Map<Integer, Session> sessions = new HashMap<>();

    private static final class Session {
        private SocketAddress source;
        private int changes;

        Session(SocketAddress source) {
            this.source = source;
        }

        int onDatagram(SocketAddress from) {
            if (!from.equals(source)) {
                source = from;
                changes++;
            }
            return changes;
        }
    }

    /// Starts at once.
    UdpEcho(InetSocketAddress local) throws IOException {
        channel = DatagramChannel.open().bind(local);
        Thread.ofPlatform().name("echo").daemon().start(() -> UdpProbe.inRealTime(this::run));
    }

    /// The address it is bound to.
    InetSocketAddress local() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private void run() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(UdpProbe.LENGTH_OCTETS);
        while (channel.isOpen()) {
            try {
                datagram.clear();
                SocketAddress from = channel.receive(datagram);
                if (datagram.position() == UdpProbe.LENGTH_OCTETS && known(datagram, from)) {
                    datagram.flip();
                    channel.send(datagram, from);
                }
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException _) {
                // An echo that cannot be sent is a lost one for the probe.
            }
        }
    }

    private boolean known(ByteBuffer datagram, SocketAddress from) {
        int number = datagram.getInt(UdpProbe.SESSION_OFFSET);
        Session session = sessions.get(number);
        if (session == null) {
            if (sessions.size() == SESSION_COUNT_MAX) {
                return false;
            }
            session = new Session(from);
            sessions.put(number, session);
        }
        datagram.putInt(UdpProbe.CHANGES_OFFSET, session.onDatagram(from));
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
