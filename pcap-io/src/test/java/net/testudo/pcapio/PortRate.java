package net.testudo.pcapio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import net.testudo.element.port.PacketPort;

/// Measures the ports (not a test): rates of [PcapPort] on a veth pair, and the round trip kernel - port - kernel of
/// both. Needs the rights of root; leaves nothing behind.
///
/// Each way is measured for [#SECONDS] after as long a warm-up.
final class PortRate {
    private static final int SECONDS = 3;
    private static final int ROUND_TRIPS = 20_000;
    private static final int CLONE_NEWNET = 0x40000000;

    private static volatile boolean stopped;

    private PortRate() {}

    public static void main(String[] arguments) throws Throwable {
        LibC.call("run it as root", "unshare", CLONE_NEWNET);
        SystemCommand.run("ip", "link", "add", "near", "type", "veth", "peer", "name", "far");
        SystemCommand.run("ip", "link", "set", "dev", "far", "up");
        Thread main = Thread.currentThread();
        Runnable wakeUp = () -> LockSupport.unpark(main);
        try (KernelGuard _ = KernelGuard.install("near");
                LinkWatch links = new LinkWatch();
                PcapPort port = PcapPort.open("near", PcapPort.Traffic.DATA, links, wakeUp);
                TapPort tap = TapPort.open("tap-rate", links, wakeUp);
                LocalNetwork _ = LocalNetwork.on(tap)) {
            while (!port.carrier() || !tap.carrier()) {
                LockSupport.parkNanos(1_000_000);
            }
            int far = links.watch("far", () -> {}).state().index();
            int kernel = links.watch("tap-rate", () -> {}).state().index();
            for (int length : new int[] {60, 1414}) {
                receive(port, far, length);
                send(port, length);
            }
            roundTrip("pcap on veth", port, far);
            roundTrip("TAP", tap, kernel);
        }
    }

    private static void receive(PacketPort port, int far, int length) throws Throwable {
        stopped = false;
        FarEnd source = new FarEnd(far);
        byte[] frame = Frames.numbered(1, length);
        Thread sender = Thread.ofPlatform().start(() -> {
            while (!stopped) {
                source.send(frame);
            }
        });
        pollFor(port, SECONDS);
        long startNs = System.nanoTime();
        long cpuNs = cpuNs("port-near");
        long received = pollFor(port, SECONDS);
        cpuNs = cpuNs("port-near") - cpuNs;
        double seconds = (System.nanoTime() - startNs) / 1e9;
        stopped = true;
        sender.join();
        source.close();
        port.discard();
        System.out.printf(
                "receive %4d octets: %4.0f kpps, %d ns of the reader thread a frame, dropped %d of %d%n",
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

    private static long pollFor(PacketPort port, int seconds) {
        long endNs = System.nanoTime() + seconds * 1_000_000_000L;
        long count = 0;
        while (System.nanoTime() - endNs < 0) {
            int polled = port.poll((_, _, _) -> {}, 64);
            count += polled;
            if (polled == 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        return count;
    }

    private static void send(PacketPort port, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment frame = arena.allocateFrom(ValueLayout.JAVA_BYTE, Frames.numbered(1, length));
            sendFor(port, frame);
            long startNs = System.nanoTime();
            long cpuNs = cpuNs("main");
            long sent = sendFor(port, frame);
            cpuNs = cpuNs("main") - cpuNs;
            double seconds = (System.nanoTime() - startNs) / 1e9;
            System.out.printf(
                    "send    %4d octets: %4.0f kpps, %d ns of the sending thread a frame%n",
                    length, sent / seconds / 1000, cpuNs / sent);
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

    private static void roundTrip(String name, PacketPort port, int far) throws Throwable {
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
                LockSupport.parkNanos(1_000_000);
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
