package net.testudo.pcapio;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import net.testudo.element.net.MacAddress;
import net.testudo.element.port.FrameSink;
import net.testudo.element.port.PacketPort;
import net.testudo.element.port.PortCounters;
import net.testudo.pcapio.PacketSocket.RefusedException;
import org.jspecify.annotations.Nullable;

/// A port on a packet socket of Linux, without a thread: received frames stand in a ring that is shared with the
/// kernel, and are handed over in place; sent frames are handed to the kernel together. A VLAN tag stands in the frame
/// as it was on the wire. The thread that polls waits in a [PortWait].
///
/// A port that goes down works again when it is back; one that is removed and made again under its name is opened
/// again, also when its address changed or its MTU grew.
public final class RingPort implements PacketPort {
    /// Ethernet header and two VLAN tags.
    private static final int HEADER_OCTETS = 14 + 2 * 4;

    private static final long REOPEN_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final FrameSink NOBODY = (_, _, _) -> {};

    private final String name;
    private final Traffic traffic;
    private final LinkWatch.Link link;
    private final PortWait.Entry waitEntry;
    private final TransmitCounters sent = new TransmitCounters();
    private LinkState known;
    /// What the link was when the socket was opened.
    private LinkState opened;

    private @Nullable PacketSocket socket;
    private long failedAtNs;
    /// Of sockets that were closed.
    private PortCounters before = PortCounters.ZERO;

    private RingPort(String name, Traffic traffic, LinkWatch links, PortWait wait) throws PortUnavailableException {
        this.name = name;
        this.traffic = traffic;
        link = links.watch(name, wait::wakeUp);
        known = link.state();
        opened = known;
        if (known.index() == 0) {
            link.end();
            throw PortUnavailableException.missing(name);
        }
        waitEntry = wait.add();
        try {
            open(known);
        } catch (RefusedException e) {
            link.end();
            throw PortUnavailableException.refused(name, e.isRightMissing(), e);
        }
    }

    /// Opens a port.
    ///
    /// @param name the system's name of the interface
    /// @param links watches its carrier
    /// @param wait where the thread waits that will use the port
    /// @throws PortUnavailableException if there is no such port or the right to open it is missing
    public static RingPort open(String name, Traffic traffic, LinkWatch links, PortWait wait)
            throws PortUnavailableException {
        return new RingPort(name, traffic, links, wait);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MacAddress mac() {
        return link.state().mac();
    }

    @Override
    public int mtuOctets() {
        return link.state().mtuOctets();
    }

    @Override
    public boolean carrier() {
        return link.state().carrier();
    }

    @Override
    public int poll(FrameSink sink, int limit) {
        followLink();
        PacketSocket current = socket;
        return current == null ? 0 : current.ring().poll(sink, limit);
    }

    @Override
    public boolean send(MemorySegment buffer, long offset, int length) {
        PacketSocket current = socket;
        LinkState now = link.state();
        if (current == null || !now.carrier() || now.index() != opened.index()) {
            return sent.dropped();
        }
        return current.transmit().add(buffer, offset, length);
    }

    @Override
    public void flush() {
        PacketSocket current = socket;
        if (current != null) {
            current.transmit().flush();
        }
    }

    @Override
    public int discard() {
        PacketSocket current = socket;
        return current == null ? 0 : current.ring().poll(NOBODY, current.ring().slots());
    }

    @Override
    public PortCounters counters() {
        PacketSocket current = socket;
        PortCounters received = current == null ? PortCounters.ZERO : current.received();
        return new PortCounters(
                before.receivedFrames() + received.receivedFrames(),
                before.receivedOctets() + received.receivedOctets(),
                before.receiveDrops() + received.receiveDrops(),
                sent.frames(),
                sent.octets(),
                sent.drops());
    }

    @Override
    public void close() {
        link.end();
        closeSocket();
    }

    private void followLink() {
        LinkState now = link.state();
        boolean changed = !now.equals(known);
        known = now;
        if (!isServedBySocketFor(opened, now)) {
            closeSocket();
        }
        if (socket == null && now.index() != 0 && (changed || System.nanoTime() - failedAtNs > REOPEN_INTERVAL_NS)) {
            try {
                open(now);
            } catch (RefusedException _) {
                failedAtNs = System.nanoTime(); // gone again since the watch looked: tried again later
            }
        }
    }

    private void open(LinkState state) throws RefusedException {
        PacketSocket next = PacketSocket.open(state, traffic, state.mtuOctets() + HEADER_OCTETS, sent);
        opened = state;
        socket = next;
        waitEntry.watch(next.descriptor());
    }

    private void closeSocket() {
        PacketSocket current = socket;
        if (current != null) {
            before = counters();
            waitEntry.ignore();
            socket = null;
            current.close();
        }
    }

    private static boolean isServedBySocketFor(LinkState before, LinkState now) {
        return before.index() == now.index() && before.mac().equals(now.mac()) && before.mtuOctets() >= now.mtuOctets();
    }
}
