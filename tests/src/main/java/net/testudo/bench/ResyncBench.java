package net.testudo.bench;

import java.util.Locale;
import java.util.Random;
import java.util.function.BooleanSupplier;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.rehearsal.RehearsedCluster;
import net.testudo.lab.LabException;

/// Measures how long the engines of a master and a new backup master work until the latter has all run-time data.
final class ResyncBench {
    /// The flows for which there is a target.
    static final int TARGET_FLOWS = 1_000_000;

    private static final double SECONDS_TARGET = 2;
    private static final int MASTER = 1;
    private static final long STEP_NS = 100_000L;
    /// New flows between two turns: less than may wait for their assignment.
    private static final int FLOWS_A_STEP = 64;
    /// In imaginary time: far more than anything here takes.
    private static final long PATIENCE_NS = 120_000_000_000L;

    private final Report report;

    ResyncBench(Report report) {
        this.report = report;
    }

    /// @param flows how many are carried
    /// @param rounds that are measured
    /// @throws LabException if the devices do not do what they have to
    void run(int flows, int rounds) {
        Samples seconds = new Samples();
        for (int round = 0; round <= rounds; round++) {
            double took = round(flows);
            report.line(String.format(
                    Locale.ROOT,
                    "  %-8s %6.2f s, %,10.0f flows/s",
                    round == 0 ? "warm-up" : "round " + round,
                    took,
                    flows / took));
            if (round > 0) {
                seconds.add(took);
            }
        }
        Figure figure = Figure.of("resync-%d-flows".formatted(flows), seconds.median(), "s");
        report.add(flows == TARGET_FLOWS ? figure.atMost(SECONDS_TARGET) : figure);
    }

    private double round(int flows) {
        RehearsedCluster cluster =
                new RehearsedCluster(new Random(1)::nextBytes, FlowLimits.forFlows(2 * Integer.highestOneBit(flows)));
        cluster.form();
        fill(cluster, flows);
        await(cluster, "the backup master has all flows", () -> hasAll(cluster, flows));
        int former = sync(cluster).device();
        cluster.end(former);
        long startNs = System.nanoTime();
        await(
                cluster,
                "another device has all flows",
                () -> sync(cluster).device() != former && hasAll(cluster, flows));
        return (System.nanoTime() - startNs) / 1e9;
    }

    private static void fill(RehearsedCluster cluster, int flows) {
        for (int flow = 0; flow < flows; flow++) {
            cluster.sendOneOfMany(flow);
            if (flow % FLOWS_A_STEP == 0) {
                step(cluster);
            }
        }
    }

    private static void await(RehearsedCluster cluster, String what, BooleanSupplier reached) {
        for (long passedNs = 0; passedNs < PATIENCE_NS; passedNs += STEP_NS) {
            step(cluster);
            if (reached.getAsBoolean()) {
                return;
            }
        }
        throw new LabException(
                "waited " + PATIENCE_NS / 1_000_000_000L + " imaginary seconds until " + what + "; " + sync(cluster));
    }

    private static void step(RehearsedCluster cluster) {
        cluster.pass(STEP_NS);
        for (int device = MASTER; device <= cluster.devices(); device++) {
            cluster.turn(device);
        }
        cluster.hosts(false);
    }

    private static boolean hasAll(RehearsedCluster cluster, int flows) {
        BackupSync sync = sync(cluster);
        return sync.state() == BackupSync.State.IN_SYNC
                && sync.classes().getLast().acknowledged() >= flows;
    }

    private static BackupSync sync(RehearsedCluster cluster) {
        ElementSnapshot snapshot = cluster.snapshot(MASTER);
        return snapshot == null ? BackupSync.NONE : snapshot.backupSync();
    }
}
