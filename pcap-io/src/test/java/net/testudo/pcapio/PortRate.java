package net.testudo.pcapio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import net.testudo.element.port.PacketPort;

/// Measures the ports (not a test): rates of [RingPort] and [PcapPort] on a veth pair, and the round trip from the
/// kernel through each port and back. Needs the rights of root; leaves nothing behind.
///
/// Each way is measured for [#SECONDS] after as long a warm-up.
final class PortRate {
    private static final int SECONDS = 3;
    private static final int ROUND_TRIPS = 20_000;
    private static final long WAIT_NS = 1_000_000;
    private static final int CLONE_NEWNET = 0x40000000;

    private static volatile boolean stopped;

    private PortRate() {}

    public static void main(String[] arguments) throws Throwable {
        LibC.call("run it as root", "unshare", CLONE_NEWNET);
        SystemCommand.run("ip", "link", "add", "near", "type", "veth", "peer", "name", "far");
        SystemCommand.run("ip", "link", "set", "dev", "far", "up");
        try (PortWait wait = new PortWait();
                KernelGuard _ = KernelGuard.install("near");
                LinkWatch links = new LinkWatch()) {
            for (PacketIo kind : PacketIo.values()) {
                try (PacketPort port = kind.open("near", Traffic.DATA, links, wait)) {
                    rates(kind.name(), port, links, wait);
                }
            }
            try (TapPort tap = TapPort.open("tap-rate", links, wait::wakeUp);
                    LocalNetwork _ = LocalNetwork.on(tap)) {
                awaitCarrier(tap, wait);
                int kernel = links.watch("tap-rate", () -> {}).state().index();
                roundTrip("TAP", tap, kernel, wait);
            }
        }
    }

    private static void rates(String name, PacketPort port, LinkWatch links, PortWait wait) throws Throwable {
        awaitCarrier(port, wait);
        int far = links.watch("far", () -> {}).state().index();
        for (int length : new int[] {60, 1414}) {
            receive(name, port, far, length, wait);
            send(name, port, length);
        }
        roundTrip(name, port, far, wait);
    }

    private static void awaitCarrier(PacketPort port, PortWait wait) {
        while (!port.carrier()) {
            wait.await(WAIT_NS);
        }
    }

    private static void receive(String name, PacketPort port, int far, int length, PortWait wait) throws Throwable {
        stopped = false;
        FarEnd source = new FarEnd(far);
        byte[] frame = Frames.numbered(1, length);
        Thread sender = Thread.ofPlatform().start(() -> {
            while (!stopped) {
                source.send(frame);
            }
        });
        pollFor(port, wait);
        long startNs = System.nanoTime();
        long cpuNs = cpuNs("port-near") + cpuNs("main");
        long received = pollFor(port, wait);
        cpuNs = cpuNs("port-near") + cpuNs("main") - cpuNs;
        double seconds = (System.nanoTime() - startNs) / 1e9;
        stopped = true;
        sender.join();
        source.close();
        port.discard();
        System.out.printf(
                "%s receive %4d octets: %4.0f kpps, %d ns of reading and polling thread a frame, dropped %d of %d%n",
                name,
                length,
                received / seconds / 1000,
                cpuNs / received,
                port.counters().receiveDrops(),
                port.counters().receivedFrames() + port.counters().receiveDrops());
    }

    /// CPU time of a thread, which other load on the machine does not change.
    private static long cpuNs(String thread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals(thread))
                .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                .sum();
    }

    private static long pollFor(PacketPort port, PortWait wait) {
        long endNs = System.nanoTime() + SECONDS * 1_000_000_000L;
        long count = 0;
        while (System.nanoTime() - endNs < 0) {
            int polled = port.poll((_, _, _) -> {}, 64);
            count += polled;
            if (polled == 0) {
                wait.await(WAIT_NS);
                wait.answerWakeUps();
            }
        }
        return count;
    }

    private static void send(String name, PacketPort port, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment frame = arena.allocateFrom(ValueLayout.JAVA_BYTE, Frames.numbered(1, length));
            sendFor(port, frame);
            long startNs = System.nanoTime();
            long cpuNs = cpuNs("main");
            long sent = sendFor(port, frame);
            cpuNs = cpuNs("main") - cpuNs;
            double seconds = (System.nanoTime() - startNs) / 1e9;
            System.out.printf(
                    "%s send    %4d octets: %4.0f kpps, %d ns of the sending thread a frame%n",
                    name, length, sent / seconds / 1000, cpuNs / sent);
        }
    }

    private static long sendFor(PacketPort port, MemorySegment frame) {
        long endNs = System.nanoTime() + SECONDS * 1_000_000_000L;
        long count = 0;
        while (System.nanoTime() - endNs < 0) {
            for (int i = 0; i < 64; i++) {
                count += port.send(frame, 0, (int) frame.byteSize()) ? 1 : 0;
            }
            port.flush();
        }
        return count;
    }

    private static void roundTrip(String name, PacketPort port, int far, PortWait wait) throws Throwable {
        stopped = false;
        long[] times = new long[ROUND_TRIPS];
        FarEnd end = new FarEnd(far);
        Thread client = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 2 * ROUND_TRIPS; i++) {
                int number = i;
                long startNs = System.nanoTime();
                end.send(Frames.numbered(i, 100));
                end.receive(frame -> Frames.number(frame) == number);
                times[i % ROUND_TRIPS] = System.nanoTime() - startNs;
            }
            stopped = true;
        });
        while (!stopped) {
            if (port.poll((buffer, offset, length) -> port.send(buffer, offset, length), 64) == 0) {
                wait.await(WAIT_NS);
                wait.answerWakeUps();
            }
            port.flush();
        }
        client.join();
        end.close();
        Arrays.sort(times);
        System.out.printf(
                "round trip %-12s p50 %3d us, p99 %3d us%n",
                name, times[ROUND_TRIPS / 2] / 1000, times[ROUND_TRIPS * 99 / 100] / 1000);
    }
}
