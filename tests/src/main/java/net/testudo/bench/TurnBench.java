package net.testudo.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import net.testudo.element.rehearsal.RehearsedCluster;

/// Measures turns of the engines of three devices, on ports that cost next to nothing.
final class TurnBench {
    private static final int MASTER = 1;
    private static final int FLOWS = 64;
    private static final int WARM_UP_ROUNDS = 2;
    /// In imaginary time: longer than what remains of handshakes and of the first flows.
    private static final long SETTLED_NS = 12_000_000_000L;
    private static final long SETTLING_STEP_NS = 500_000L;
    private static final int FRAME_SHARE = 4;
    /// The slowest turns are left out: those in which the system gave the core to somebody else.
    private static final double COUNTED = 0.99;

    private final Report report;
    private final RehearsedCluster cluster = new RehearsedCluster(new Random(1)::nextBytes);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long stepNs;
    private Map<Kind, Turns> round = new EnumMap<>(Kind.class);
    private int flow;

    /// What a turn had to do.
    private enum Kind {
        MASTER_IDLE,
        MASTER_FRAME_CARRIED,
        MASTER_FRAME_RELAYED,
        MEMBER_IDLE,
        MEMBER_FRAME_CARRIED,
        MASTER_ALL,
        MEMBER_ALL;

        String words() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// Turns of one kind in one round.
    private static final class Turns {
        private long[] ns = new long[64];
        private int count;
        private long octets;

        void add(long tookNs, long allocated) {
            ns = count == ns.length ? Arrays.copyOf(ns, 2 * count) : ns;
            ns[count++] = tookNs;
            octets += allocated;
        }

        double meanNs() {
            Arrays.sort(ns, 0, count);
            return Arrays.stream(ns, 0, (int) Math.ceil(COUNTED * count))
                    .average()
                    .orElse(0);
        }

        double meanOctets() {
            return (double) octets / count;
        }
    }

    /// The mean turn of one kind in each round.
    private static final class Result {
        final Samples ns = new Samples();
        final Samples octets = new Samples();

        void add(Turns turns) {
            ns.add(turns.meanNs());
            octets.add(turns.meanOctets());
        }
    }

    /// @param stepNs between two turns of a device
    TurnBench(Report report, long stepNs) {
        this.report = report;
        this.stepNs = stepNs;
    }

    void run(int turns, int rounds) {
        cluster.form();
        Map<Kind, Result> results = new EnumMap<>(Kind.class);
        settle();
        for (int i = 0; i < WARM_UP_ROUNDS + rounds; i++) {
            round = new EnumMap<>(Kind.class);
            for (int turn = 0; turn < turns; turn++) {
                step(turn % FRAME_SHARE == 0, stepNs);
            }
            if (i >= WARM_UP_ROUNDS) {
                round.forEach((kind, done) ->
                        results.computeIfAbsent(kind, _ -> new Result()).add(done));
            }
        }
        results.forEach((kind, result) -> {
            report.add(Figure.of(kind.words() + "-time", result.ns.median(), "ns/turn"));
            report.add(Figure.of(kind.words() + "-allocated", result.octets.median(), "octets/turn"));
        });
    }

    private void settle() {
        for (long passedNs = 0; passedNs < SETTLED_NS; passedNs += SETTLING_STEP_NS) {
            step(true, SETTLING_STEP_NS);
        }
    }

    private void step(boolean frame, long spanNs) {
        cluster.pass(spanNs);
        if (frame) {
            cluster.send(flow++ % FLOWS);
            // The imaginary network shows each frame to all; what the others drop is not what is measured.
            for (int device = MASTER + 1; device <= cluster.devices(); device++) {
                cluster.turn(device);
            }
        }
        for (int device = MASTER; device <= cluster.devices(); device++) {
            turn(device, frame);
        }
    }

    private void turn(int device, boolean frame) {
        int waiting = cluster.waiting(device);
        long frames = cluster.clusterFrames();
        long served = cluster.served();
        long octets = threads.getCurrentThreadAllocatedBytes();
        long startNs = System.nanoTime();
        cluster.turn(device);
        long ns = System.nanoTime() - startNs;
        octets = threads.getCurrentThreadAllocatedBytes() - octets;
        cluster.hosts(false);
        add(device == MASTER ? Kind.MASTER_ALL : Kind.MEMBER_ALL, ns, octets);
        boolean carried = cluster.served() > served;
        long sent = cluster.clusterFrames() - frames;
        if (waiting == 0 && sent == 0) {
            add(device == MASTER ? Kind.MASTER_IDLE : Kind.MEMBER_IDLE, ns, octets);
        } else if (waiting == 1 && carried && sent == 0) {
            add(device == MASTER ? Kind.MASTER_FRAME_CARRIED : Kind.MEMBER_FRAME_CARRIED, ns, octets);
        } else if (device == MASTER && waiting == 1 && frame && sent == 1) {
            add(Kind.MASTER_FRAME_RELAYED, ns, octets);
        }
    }

    private void add(Kind kind, long ns, long octets) {
        round.computeIfAbsent(kind, _ -> new Turns()).add(ns, octets);
    }
}
