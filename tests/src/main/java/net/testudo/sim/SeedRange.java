package net.testudo.sim;

import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Runs a range of seeds on all processors; each run is deterministic, their order of completion is not.
public final class SeedRange {
    private static final int DEAD_TIMES_PER_S = 20;
    /// Runs under way or waiting for each processor: one slow seed at the head keeps none of them idle.
    private static final int AHEAD = 8;

    private final Options options;

    SeedRange(Options options) {
        this.options = options;
    }

    /// Runs the seeds until one fails and says which rule it broke; empty if none does. For mutants, which are
    /// loaded by a class loader of their own: only types of the JDK cross it.
    public static String firstFailure(long firstSeed, long lastSeed, int devices) {
        for (long seed = firstSeed; seed <= lastSeed; seed++) {
            SeedResult.Failure failure = new Simulation(seed, devices, Manner.USUAL, false)
                    .run(Options.DURATION_S * DEAD_TIMES_PER_S)
                    .failure();
            if (failure != null) {
                return failure.checker() + " (seed " + seed + "): " + failure.what();
            }
        }
        return "";
    }

    /// Runs all seeds and hands over the results in the order of the seeds.
    void run(Consumer<SeedResult> onResult) throws InterruptedException, ExecutionException {
        int count = Runtime.getRuntime().availableProcessors();
        try (ExecutorService processors = Executors.newFixedThreadPool(count)) {
            ArrayDeque<Future<SeedResult>> running = new ArrayDeque<>();
            for (long seed = options.firstSeed(); seed <= options.lastSeed(); seed++) {
                running.add(processors.submit(task(seed)));
                if (running.size() >= AHEAD * count) {
                    onResult.accept(running.remove().get());
                }
            }
            while (!running.isEmpty()) {
                onResult.accept(running.remove().get());
            }
        }
    }

    private Callable<SeedResult> task(long seed) {
        return () -> {
            int deadTimes = options.durationS() * DEAD_TIMES_PER_S;
            SeedResult result = simulation(seed, options.verbose()).run(deadTimes);
            boolean retrace = result.failure() != null && !options.verbose();
            return retrace ? simulation(seed, true).run(deadTimes) : result;
        };
    }

    private Simulation simulation(long seed, boolean isTraced) {
        return new Simulation(seed, options.devices(), options.manner(), isTraced);
    }
}
