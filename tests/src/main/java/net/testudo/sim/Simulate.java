package net.testudo.sim;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import net.testudo.cli.Program;

/// `./testudo simulate`: runs seeds, prints a summary and how to replay each failure.
public final class Simulate {
    private static final int OK = 0;
    private static final int VIOLATED = 1;
    private static final int TRACE_LINES = 60;
    private static final long PROGRESS_NS = 10_000_000_000L;

    private final Options options;
    private final PrintStream out;
    private final Summary summary;
    private final long beganNs = System.nanoTime();
    private long printedNs = beganNs;

    Simulate(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.summary = new Summary(options.devices());
    }

    /// Ends the JVM with the status that `--help` names.
    public static void main(String[] arguments) {
        System.exit(Program.run(new SimulateCommand(System.out), System.out, System.err, arguments));
    }

    /// Does what was asked for, without ending the JVM.
    ///
    /// @return the exit status: 0, or 1 if a rule was broken
    static int run(Options options, PrintStream out) throws InterruptedException, ExecutionException, IOException {
        long beganNs = System.nanoTime();
        Summary summary = new Simulate(options, out).runAll();
        if (options.json() != null) {
            Files.writeString(Path.of(options.json()), summary.json(System.nanoTime() - beganNs));
        }
        return summary.failed().isEmpty() ? OK : VIOLATED;
    }

    /// Runs all seeds and prints what came of it.
    Summary runAll() throws InterruptedException, ExecutionException {
        new SeedRange(options).run(this::onResult);
        if (options.manner().gentle()) {
            out.print(summary.waits());
        }
        out.println(summary.table(System.nanoTime() - beganNs));
        return summary;
    }

    private void onResult(SeedResult result) {
        summary.add(result);
        if (options.verbose()) {
            out.println("seed " + result.seed());
            result.trace().forEach(out::println);
        }
        if (result.failure() != null) {
            printFailure(result, result.failure());
        }
        long nowNs = System.nanoTime();
        if (nowNs - printedNs > PROGRESS_NS) {
            printedNs = nowNs;
            long total = options.lastSeed() - options.firstSeed() + 1;
            out.println(summary.seeds() + " of " + total + " seeds, "
                    + summary.failed().size() + " violations");
        }
    }

    private void printFailure(SeedResult result, SeedResult.Failure failure) {
        if (!options.verbose()) {
            List<String> trace = result.trace();
            trace.subList(Math.max(0, trace.size() - TRACE_LINES), trace.size()).forEach(out::println);
        }
        out.printf(
                "seed %d breaks %s at %.3f ms: %s%n",
                result.seed(), failure.checker(), result.simulatedNs() / 1e6, failure.what());
        out.printf(
                "replay: ./testudo simulate --seeds %d..%d --devices %d%s%s%s%s --verbose%n%n",
                result.seed(),
                result.seed(),
                options.devices(),
                options.durationS() == Options.DURATION_S ? "" : " --duration " + options.durationS(),
                options.manner().gentle() ? " --gentle" : "",
                options.manner().changes() ? " --changes" : "",
                options.manner().damage() ? " --damage" : "");
    }
}
