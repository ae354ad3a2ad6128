package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.testudo.element.net.MacAddress;

/// Keeps the state of ports current, so that a duty cycle reads it without asking the kernel.
///
/// It asks every [#INTERVAL_MS] instead of listening to rtnetlink: the kernel holds back link notifications for up
/// to a second, while the driver's own carrier state (`ETHTOOL_GLINK`) is current; the pair rule needs the latter.
/// The network namespace is that of the thread that makes the watch.
public final class LinkWatch implements AutoCloseable {
    /// How old a port's state is at most, in milliseconds.
    public static final int INTERVAL_MS = 20;

    private static final int NAME_OCTETS = 16;
    private static final int IFREQ_OCTETS = 40;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCGIFMTU = 0x8921;
    private static final long SIOCGIFHWADDR = 0x8927;
    private static final long SIOCGIFINDEX = 0x8933;
    private static final long SIOCETHTOOL = 0x8946;
    private static final int ETHTOOL_GLINK = 0x0a;
    private static final int IFF_UP = 1;
    private static final int IFF_RUNNING = 0x40;

    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int socket;
    private final Thread thread;

    /// Starts to watch.
    public LinkWatch() {
        socket = LinuxCalls.socket(LinuxCalls.AF_INET, LinuxCalls.SOCK_DGRAM | LinuxCalls.SOCK_CLOEXEC);
        if (socket < 0) {
            throw new IllegalStateException("no socket to read the state of ports with: error " + -socket);
        }
        thread = Thread.ofPlatform().name("link-watch").daemon().start(this::run);
    }

    /// Watches a port.
    ///
    /// @param onChange called by the watching thread when the state changed; must not block
    Link watch(String name, Runnable onChange) {
        Link link = new Link(name, onChange, read(name));
        links.add(link);
        return link;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL_MS, TimeUnit.MILLISECONDS)) {
                links.forEach(Link::refresh);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            LinuxCalls.close(socket);
        }
    }

    /// Whether `name` can be the name of an interface at all (`IFNAMSIZ` with its final zero).
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() < NAME_OCTETS
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != ':');
    }

    /// A `struct ifreq` for `name`.
    static MemorySegment request(Arena arena, String name) {
        MemorySegment request = arena.allocate(IFREQ_OCTETS, 8);
        request.setString(0, name);
        return request;
    }

    private LinkState read(String name) {
        if (!isName(name)) {
            return LinkState.ABSENT;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            if (LinuxCalls.ioctl(socket, SIOCGIFINDEX, request) < 0) {
                return LinkState.ABSENT;
            }
            int index = request.get(JAVA_INT, NAME_OCTETS);
            LinuxCalls.ioctl(socket, SIOCGIFMTU, request);
            int mtu = request.get(JAVA_INT, NAME_OCTETS);
            LinuxCalls.ioctl(socket, SIOCGIFHWADDR, request);
            long mac = 0;
            for (int i = 0; i < 6; i++) {
                mac = mac << 8 | Byte.toUnsignedLong(request.get(JAVA_BYTE, NAME_OCTETS + 2 + i));
            }
            if (LinuxCalls.ioctl(socket, SIOCGIFFLAGS, request) < 0) {
                return LinkState.ABSENT;
            }
            int flags = request.get(JAVA_SHORT, NAME_OCTETS);
            boolean up = (flags & IFF_UP) != 0;
            boolean carrier = up && hasCarrier(arena, request, (flags & IFF_RUNNING) != 0);
            return new LinkState(index, up, carrier, mtu, new MacAddress(mac));
        }
    }

    private boolean hasCarrier(Arena arena, MemorySegment request, boolean running) {
        MemorySegment command = arena.allocateFrom(JAVA_INT, ETHTOOL_GLINK, 0);
        request.set(JAVA_LONG, NAME_OCTETS, command.address());
        return LinuxCalls.ioctl(socket, SIOCETHTOOL, request) < 0 ? running : command.getAtIndex(JAVA_INT, 1) != 0;
    }

    /// One watched port.
    final class Link {
        private final String name;
        private final Runnable onChange;
        private volatile LinkState state;

        private Link(String name, Runnable onChange, LinkState state) {
            this.name = name;
            this.onChange = onChange;
            this.state = state;
        }

        LinkState state() {
            return state;
        }

        void end() {
            links.remove(this);
        }

        private void refresh() {
            LinkState now = read(name);
            LinkState before = state;
            if (!now.equals(before)) {
                state = now;
                onChange.run();
            }
        }
    }
}
