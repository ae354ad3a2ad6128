package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import net.testudo.element.net.MacAddress;
import net.testudo.element.port.FrameSink;
import net.testudo.element.port.PacketPort;
import net.testudo.element.port.PortCounters;

/// The element's side of a TAP: what is sent here is received by the kernel of this device, and what the kernel
/// sends into the TAP is received here. The TAP is gone when the port is closed or the process ends.
///
/// [#mac] and [#mtuOctets] are those of the kernel's end. [LocalNetwork] gives the TAP its address and switches it on.
/// A TAP that somebody else removes stays away, as a port without carrier.
public final class TapPort implements PacketPort {
    private static final String DEVICE = "/dev/net/tun";
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TAP = 2;
    private static final short IFF_NO_PI = 0x1000;
    private static final int IFREQ_FLAGS = 16;
    private static final int POLL_ENTRY_OCTETS = 8;
    private static final int HAPPENED = 6;
    private static final int QUEUE_FRAMES = 1024;
    private static final int HEADER_OCTETS = 14 + 4;
    private static final int MTU_OCTETS_MAX = 9216;

    private final String name;
    private final int descriptor;
    private final int stopDescriptor;
    private final LinkWatch.Link link;
    private final Runnable wakeUp;
    private final FrameQueue queue = new FrameQueue(QUEUE_FRAMES, 2048);
    private final MemorySegment transmitBuffer = Arena.ofAuto().allocate(MTU_OCTETS_MAX + HEADER_OCTETS);
    private final MemorySegment discardBuffer = Arena.ofAuto().allocate(MTU_OCTETS_MAX + HEADER_OCTETS);
    private final TransmitCounters sent = new TransmitCounters();
    /// Grows with each discard; a frame carries the value that held before it was read.
    private final AtomicLong generation = new AtomicLong();

    private final Thread reader;
    private volatile boolean closed;
    private long discardedInKernel;

    private TapPort(String name, int descriptor, LinkWatch links, Runnable wakeUp) {
        this.name = name;
        this.descriptor = descriptor;
        this.wakeUp = wakeUp;
        stopDescriptor = LinuxCalls.eventDescriptor();
        link = links.watch(name, wakeUp);
        reader = Thread.ofPlatform().name("port-" + name).daemon().start(this::run);
    }

    /// Makes the TAP and opens it.
    ///
    /// @param name of the TAP, at most 15 characters, not in use
    /// @param wakeUp called by the reader thread when a frame waits or the link changed; must not block
    /// @throws PortUnavailableException if TAPs are not available here or the right to make one is missing
    public static TapPort open(String name, LinkWatch links, Runnable wakeUp) throws PortUnavailableException {
        if (!LinkWatch.isName(name)) {
            throw new PortUnavailableException("port " + name + ": not the name of an interface (1 to 15 characters)");
        }
        int descriptor = LinuxCalls.open(DEVICE, LinuxCalls.O_RDWR | LinuxCalls.O_NONBLOCK | LinuxCalls.O_CLOEXEC);
        if (descriptor < 0) {
            throw unavailable(name, -descriptor);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = LinkWatch.request(arena, name);
            request.set(JAVA_SHORT, IFREQ_FLAGS, (short) (IFF_TAP | IFF_NO_PI));
            int result = LinuxCalls.ioctl(descriptor, TUNSETIFF, request);
            if (result < 0) {
                LinuxCalls.close(descriptor);
                throw unavailable(name, -result);
            }
        }
        return new TapPort(name, descriptor, links, wakeUp);
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
        return queue.poll(sink, limit, generation.getPlain());
    }

    @Override
    public boolean send(MemorySegment buffer, long offset, int length) {
        if (length > transmitBuffer.byteSize()) {
            return sent.dropped();
        }
        MemorySegment.copy(buffer, offset, transmitBuffer, 0, length);
        int written = LinuxCalls.write(descriptor, transmitBuffer.asSlice(0, length));
        return written == length ? sent.sent(length) : sent.dropped();
    }

    /// Nothing waits: [#send] hands every frame to the kernel.
    @Override
    public void flush() {}

    @Override
    public int discard() {
        int waiting = queue.discard();
        // What the kernel holds for us; the reader thread may take some of it meanwhile, under the old generation.
        int inKernel = 0;
        while (LinuxCalls.read(descriptor, discardBuffer) > 0) {
            inKernel++;
        }
        generation.incrementAndGet();
        discardedInKernel += inKernel;
        return waiting + inKernel;
    }

    @Override
    public PortCounters counters() {
        return queue.counters(discardedInKernel, 0, sent);
    }

    @Override
    public void close() {
        closed = true;
        try (Arena arena = Arena.ofConfined()) {
            LinuxCalls.write(stopDescriptor, arena.allocateFrom(JAVA_LONG, 1L));
        }
        try {
            reader.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        link.end();
        LinuxCalls.close(descriptor);
        LinuxCalls.close(stopDescriptor);
    }

    private void run() {
        RealTime.request();
        try (Arena arena = Arena.ofConfined()) {
            read(arena);
        } finally {
            RealTime.end();
        }
    }

    private void read(Arena arena) {
        MemorySegment waits = arena.allocate(2 * POLL_ENTRY_OCTETS, 4);
        MemorySegment overflow = arena.allocate(queue.slotOctets());
        waits.set(JAVA_INT, 0, descriptor);
        waits.set(JAVA_SHORT, 4, LinuxCalls.POLLIN);
        waits.set(JAVA_INT, POLL_ENTRY_OCTETS, stopDescriptor);
        waits.set(JAVA_SHORT, POLL_ENTRY_OCTETS + 4, LinuxCalls.POLLIN);
        boolean gone = false;
        while (!closed && !gone) {
            LinuxCalls.poll(waits, 2, -1);
            while (!closed && readFrame(overflow)) {
                wakeUp.run();
            }
            // Nothing ends this state, and each wait would end at once: a real-time thread that never rests.
            gone = (waits.get(JAVA_SHORT, HAPPENED) & LinuxCalls.POLLERR) != 0;
        }
    }

    /// @return false if no frame waits
    private boolean readFrame(MemorySegment overflow) {
        long stamp = generation.get();
        boolean room = queue.hasRoom();
        int length = LinuxCalls.read(descriptor, room ? queue.freeSlot() : overflow);
        if (length <= 0) {
            return false;
        }
        if (room) {
            queue.publish(length, stamp);
        } else {
            queue.countDrop();
        }
        return true;
    }

    private static PortUnavailableException unavailable(String name, int error) {
        String what = switch (error) {
            case LinuxCalls.ENOENT -> DEVICE + " is missing: run `modprobe tun`, or give the container this device";
            case LinuxCalls.EPERM, LinuxCalls.EACCES ->
                "may not be made: run as root, or with CAP_NET_ADMIN and access to " + DEVICE;
            case LinuxCalls.EBUSY -> "is in use: end the process that holds it, or choose another name";
            default -> "cannot be made: error " + error + " of " + DEVICE;
        };
        return new PortUnavailableException("port " + name + " (TAP) " + what);
    }
}
