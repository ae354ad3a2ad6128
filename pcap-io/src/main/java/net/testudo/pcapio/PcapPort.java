package net.testudo.pcapio;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.testudo.element.net.MacAddress;
import net.testudo.element.port.FrameSink;
import net.testudo.element.port.PacketPort;
import net.testudo.element.port.PortCounters;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;
import org.pcap4j.core.RawPacketListener;

/// A port on libpcap by pcap4j: promiscuous, immediate, received frames only. A VLAN tag stands in the frame as it
/// was on the wire (libpcap puts it back from what the kernel strips).
///
/// One reader thread waits in libpcap, copies frames into a bounded queue and wakes the duty cycle. A port that goes
/// down, or is removed and made again under its name, is opened again when it is back.
public final class PcapPort implements PacketPort {
    private static final int QUEUE_FRAMES = 2048;
    /// The count of frames with which `loop` does not end by itself.
    private static final int FOR_EVER = -1;
    /// Ethernet header and two VLAN tags.
    private static final int HEADER_OCTETS = 14 + 2 * 4;

    private static final long STATISTICS_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long DISCARD_LIMIT_NS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final Traffic traffic;
    private final LinkWatch.Link link;
    private final Runnable wakeUp;
    private final FrameQueue queue;
    private final byte[] transmitBuffer;
    private final TransmitCounters sent = new TransmitCounters();
    private final Thread reader;
    private volatile MacAddress mac;
    private volatile @Nullable PcapHandles handles;
    private volatile boolean closed;
    private volatile long ringDrops;
    private long ringDropsOfClosedHandles;
    private long statisticsAtNs = System.nanoTime();
    private long discardBeforeMicros = Long.MIN_VALUE;
    private long discardedAtNs;

    private PcapPort(String name, Traffic traffic, LinkWatch links, Runnable wakeUp) throws PortUnavailableException {
        this.name = name;
        this.traffic = traffic;
        this.wakeUp = wakeUp;
        link = links.watch(name, this::onLinkChange);
        LinkState state = link.state();
        if (state.index() == 0) {
            link.end();
            throw PortUnavailableException.missing(name);
        }
        mac = state.mac();
        queue = new FrameQueue(QUEUE_FRAMES, roundUp(state.mtuOctets() + HEADER_OCTETS));
        transmitBuffer = new byte[queue.slotOctets()];
        try {
            handles = openHandles();
        } catch (PcapNativeException | NotOpenException e) {
            link.end();
            throw unavailable(name, e);
        }
        reader = Thread.ofPlatform().name("port-" + name).daemon().start(this::run);
    }

    /// Opens a port.
    ///
    /// @param name the system's name of the interface
    /// @param links watches its carrier
    /// @param wakeUp called by the reader thread when a frame waits or the link changed; must not block
    /// @throws PortUnavailableException if there is no such port or the right to open it is missing
    public static PcapPort open(String name, Traffic traffic, LinkWatch links, Runnable wakeUp)
            throws PortUnavailableException {
        return new PcapPort(name, traffic, links, wakeUp);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MacAddress mac() {
        return mac;
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
        if (discardBeforeMicros != Long.MIN_VALUE && backlogIsGone()) {
            discardBeforeMicros = Long.MIN_VALUE;
        }
        return queue.poll(sink, limit, discardBeforeMicros);
    }

    @Override
    public boolean send(MemorySegment buffer, long offset, int length) {
        PcapHandles current = handles;
        if (current == null || length > transmitBuffer.length || !carrier()) {
            return sent.dropped();
        }
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, offset, transmitBuffer, 0, length);
        try {
            current.transmit().sendPacket(transmitBuffer, length);
            return sent.sent(length);
        } catch (PcapNativeException | NotOpenException _) {
            return sent.dropped(); // transmit queue full, or the port went down this moment
        }
    }

    /// Nothing waits: [#send] hands every frame to the kernel.
    @Override
    public void flush() {}

    /// Drops what waits in the queue, and what the reader thread still brings that arrived before this call: frames
    /// are stamped by the kernel when they arrive, so what piled up in the kernel's ring is known by its age.
    @Override
    public int discard() {
        discardBeforeMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        discardedAtNs = System.nanoTime();
        return queue.discard();
    }

    @Override
    public PortCounters counters() {
        return queue.counters(0, ringDrops, sent);
    }

    @Override
    public void close() {
        closed = true;
        PcapHandles current = handles;
        if (current != null) {
            current.endReceive();
        }
        LockSupport.unpark(reader);
        try {
            reader.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        link.end();
    }

    /// A frame younger than the discard means that the ring is empty of older ones. The limit is for a wall clock
    /// that is set back at just this time.
    private boolean backlogIsGone() {
        return queue.oldestStamp() >= discardBeforeMicros || System.nanoTime() - discardedAtNs > DISCARD_LIMIT_NS;
    }

    private void onLinkChange() {
        PcapHandles current = handles;
        if (current != null && current.index() != link.state().index()) {
            current.endReceive();
        }
        LockSupport.unpark(reader);
        wakeUp.run();
    }

    private PcapHandles openHandles() throws PcapNativeException, NotOpenException {
        LinkState state = link.state();
        return PcapHandles.open(name, state.index(), traffic.pcapFilterWithout(state.mac()), queue.slotOctets() + 1);
    }

    private void run() {
        RealTime.request();
        try {
            read();
        } finally {
            RealTime.end();
        }
    }

    private void read() {
        while (!closed) {
            PcapHandles current = handles;
            if (current == null) {
                reopen();
            } else {
                readUntilEnd(current);
                handles = null;
                current.close();
                ringDropsOfClosedHandles = ringDrops;
            }
        }
    }

    /// One `loop` without an end, not a `dispatch` after the other: each call costs a callback of JNA, with a native
    /// function and cleaners that the collector has to look after.
    private void readUntilEnd(PcapHandles current) {
        RawPacketListener listener = frame -> onFrame(current, frame);
        try {
            current.receive().loop(FOR_EVER, listener);
        } catch (PcapNativeException | NotOpenException _) {
            // the port went down or away: it is opened again when it is back
        } catch (InterruptedException _) {
            // pcap4j's word for a loop that close() or a new interface of this name broke
        }
    }

    private void onFrame(PcapHandles current, byte[] frame) {
        java.sql.Timestamp arrival = current.receive().getTimestamp();
        long micros = arrival.getTime() / 1000 * 1_000_000 + arrival.getNanos() / 1000;
        if (queue.offer(frame, micros)) {
            wakeUp.run();
        }
        takeStatistics(current);
    }

    private void takeStatistics(PcapHandles current) {
        long nowNs = System.nanoTime();
        if (nowNs - statisticsAtNs >= STATISTICS_INTERVAL_NS) {
            statisticsAtNs = nowNs;
            try {
                PcapStat statistics = current.receive().getStats();
                ringDrops = ringDropsOfClosedHandles + statistics.getNumPacketsDropped();
            } catch (PcapNativeException | NotOpenException _) {
                // the port goes down or away: the loop ends by itself
            }
        }
    }

    private void reopen() {
        LinkState state = link.state();
        if (state.up()) {
            try {
                PcapHandles opened = openHandles();
                mac = state.mac();
                handles = opened;
                return;
            } catch (PcapNativeException | NotOpenException _) {
                // gone again since the watch looked
            }
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PcapHandles.WAIT_MS));
    }

    private static PortUnavailableException unavailable(String name, Exception e) {
        String reason = String.valueOf(e.getMessage());
        boolean rightMissing = reason.contains("ermission") || reason.contains("not permitted");
        return PortUnavailableException.refused(name, rightMissing, e);
    }

    private static int roundUp(int octets) {
        return (octets + 63) / 64 * 64;
    }
}
