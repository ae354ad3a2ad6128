package net.testudo.lab.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import net.testudo.pcapio.RealTime;

/// Sends a numbered datagram at a fixed interval and notes when the echoes return.
///
/// Its threads and those of the echo are real-time ones where that is granted, as the devices' are: what is measured is
/// the path, not what else the machine does.
///
/// A datagram is [#LENGTH_OCTETS] long: session (4 octets), sequence number (4), changes of the source (4, filled in by
/// the echo), the rest is zero.
final class UdpProbe implements AutoCloseable {
    static final int LENGTH_OCTETS = 64;
    static final int SESSION_OFFSET = 0;
    static final int SEQUENCE_OFFSET = 4;
    static final int CHANGES_OFFSET = 8;

    /// How long the last echoes may take.
    private static final long DRAIN_NS = 300_000_000L;

    private final DatagramChannel channel;
    private final int session;
    private final long intervalNs;
    private final EchoLog log = new EchoLog();
    private final Thread sender;
    private final Thread receiver;
    private volatile boolean sending = true;
    private volatile long sendingEndedNs;

    /// Starts at once.
    ///
    /// @param session tells this probe from others at the echo
    UdpProbe(InetSocketAddress far, int session, long intervalNs) throws IOException {
        this.channel = DatagramChannel.open().connect(far);
        this.session = session;
        this.intervalNs = intervalNs;
        this.sender = Thread.ofPlatform().name("probe-sender").daemon().start(() -> inRealTime(this::send));
        this.receiver = Thread.ofPlatform().name("probe-receiver").daemon().start(() -> inRealTime(this::receive));
    }

    /// Runs what a thread of a probe or an echo does.
    static void inRealTime(Runnable work) {
        RealTime.request();
        try {
            work.run();
        } finally {
            RealTime.end();
        }
    }

    private void send() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(LENGTH_OCTETS);
        datagram.putInt(SESSION_OFFSET, session);
        long nextNs = System.nanoTime();
        while (sending) {
            long waitNs = nextNs - System.nanoTime();
            if (waitNs > 0) {
                LockSupport.parkNanos(waitNs);
                continue;
            }
            synchronized (log) {
                datagram.putInt(SEQUENCE_OFFSET, log.onSend(-waitNs));
            }
            datagram.clear();
            try {
                channel.write(datagram);
            } catch (PortUnreachableException _) {
                // An ICMP error from before: this probe counts as lost if no echo comes.
            } catch (IOException _) {
                // No route at this moment: lost, as the log will show.
            }
            nextNs += intervalNs;
        }
        sendingEndedNs = System.nanoTime();
    }

    private void receive() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(LENGTH_OCTETS);
        while (channel.isOpen()) {
            datagram.clear();
            try {
                int length = channel.read(datagram);
                long nowNs = System.nanoTime();
                if (length == LENGTH_OCTETS && datagram.getInt(SESSION_OFFSET) == session) {
                    synchronized (log) {
                        log.onEcho(datagram.getInt(SEQUENCE_OFFSET), datagram.getInt(CHANGES_OFFSET), nowNs);
                    }
                }
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException _) {
                // An ICMP error; the probe goes on.
            }
        }
    }

    /// Echoes so far.
    long received() {
        synchronized (log) {
            return log.received();
        }
    }

    /// Starts a new search for the longest gap.
    void mark() {
        synchronized (log) {
            log.mark();
        }
    }

    /// What was seen so far; the probe goes on.
    ProbeReport report() {
        synchronized (log) {
            return log.report(System.nanoTime());
        }
    }

    /// Stops sending, waits for the last echoes, and reports.
    ProbeReport finish() throws InterruptedException {
        sending = false;
        sender.join();
        receiver.join(DRAIN_NS / 1_000_000);
        synchronized (log) {
            return log.report(sendingEndedNs);
        }
    }

    @Override
    public void close() throws IOException {
        sending = false;
        channel.close();
    }
}
