package net.testudo.lab.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.testudo.cli.Program;
import net.testudo.lab.Json;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.Scheduling;
import org.jspecify.annotations.Nullable;

/// The program behind `./testudo faults`.
public final class Faults {
    private static final int FAILURE = 1;
    private static final int MISSING = 3;
    private static final long NS_PER_S = 1_000_000_000;

    private final FaultsOptions options;
    private final PrintStream out;
    private final List<FaultStep> course;
    private final List<StepOutcome> outcomes = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private Faults(FaultsOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.course = FaultCourse.draw(options.seed(), options.count(), options.devices());
    }

    /// Ends the JVM with the status of [#run].
    public static void main(String[] arguments) {
        System.exit(run(System.out, arguments));
    }

    /// Plays a course, without ending the JVM.
    ///
    /// @return the exit status, as `--help` explains it
    public static int run(PrintStream out, String... arguments) {
        return Program.run(new FaultsCommand(out), out, System.err, arguments);
    }

    /// The same of arguments that were parsed.
    static int run(FaultsOptions options, PrintStream out) {
        if (!Lab.usable()) {
            System.err.println("testudo faults: this process may not create network namespaces. Run it as root;"
                    + " in a container, give that CAP_SYS_ADMIN and CAP_NET_ADMIN.");
            return MISSING;
        }
        return new Faults(options, out).playInLab();
    }

    private int playInLab() {
        boolean realTime = Scheduling.isRealTime();
        out.printf(
                "Testudo: %d devices, %d faults in a row, seed %d, %s%n",
                options.devices(),
                options.count(),
                options.seed(),
                realTime ? "real-time scheduling" : "no real-time scheduling for this user: devices wait longer");
        long startNs = System.nanoTime();
        try (Lab lab = Lab.open(options.devices())) {
            play(lab);
        } catch (LabException e) {
            broken.add(String.valueOf(e.getMessage()));
        }
        out.println();
        if (!outcomes.isEmpty()) {
            FaultReport.summary(outcomes).forEach(out::println);
        }
        options.json().ifPresent(file -> write(file, Json.text(FaultReport.json(options, realTime, outcomes))));
        broken.forEach(text -> out.println("FAILED: " + text));
        long leasesLost = outcomes.stream().mapToLong(StepOutcome::leasesLost).sum();
        out.printf(
                "%d of %d faults in %d s: %s; leases lost without a fault: %d%n",
                outcomes.size(), options.count(), (System.nanoTime() - startNs) / NS_PER_S, verdict(), leasesLost);
        return broken.isEmpty() && complete() ? 0 : FAILURE;
    }

    private String verdict() {
        if (!broken.isEmpty()) {
            return "something did not hold";
        }
        return complete() ? "all held" : "interrupted; all held until then";
    }

    private boolean complete() {
        return outcomes.size() == course.size();
    }

    private void play(Lab lab) {
        @Nullable FaultRun started = null;
        try {
            FaultRun run = FaultRun.form(lab);
            started = run;
            out.println(FaultReport.headings());
            for (FaultStep step : course) {
                StepOutcome outcome = run.play(step);
                outcomes.add(outcome);
                out.println(FaultReport.line(outcome));
                broken.addAll(outcome.broken());
                if (!broken.isEmpty()) {
                    break;
                }
            }
            if (broken.isEmpty()) {
                broken.addAll(run.finish());
            }
            out.println();
            run.totals().forEach(out::println);
        } catch (LabException e) {
            // After Ctrl-C the lab goes away: nothing has failed then.
            if (!lab.closed()) {
                String next = outcomes.size() < course.size() ? " (" + course.get(outcomes.size()) + ")" : "";
                broken.add("fault " + (outcomes.size() + 1) + next + ": " + e.getMessage());
            }
        } finally {
            if (!lab.closed() && (!broken.isEmpty() || options.keepLogs())) {
                save(lab, started);
            }
            if (started != null) {
                started.close();
            }
        }
    }

    private void save(Lab lab, @Nullable FaultRun run) {
        Path directory = lab.saveLogs();
        List<String> lines = new ArrayList<>();
        lines.add("./testudo faults --seed %d --count %d --devices %d"
                .formatted(options.seed(), options.count(), options.devices()));
        course.forEach(step -> lines.add(step.number() + ": " + step));
        lines.add("Outcomes:");
        lines.add(FaultReport.headings());
        outcomes.forEach(outcome -> lines.add(FaultReport.line(outcome)));
        broken.forEach(text -> lines.add("FAILED: " + text));
        if (run != null) {
            lines.addAll(run.evidence());
            run.tap().saveTo(directory);
        }
        write(directory.resolve("course.txt"), String.join(System.lineSeparator(), lines));
        out.println("Logs, the course and the newest recorded frames are kept in " + directory + ".");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text + System.lineSeparator());
        } catch (IOException e) {
            throw new LabException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
