package net.testudo.lab.demo;

import java.util.ArrayList;
import java.util.List;
import net.testudo.cli.Program;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;

/// The program behind `./testudo demo`.
public final class Demo {
    private static final int FAILURE = 1;
    private static final int MISSING = 3;

    private Demo() {}

    /// Runs the demo and ends the JVM with the status that `--help` names.
    public static void main(String[] arguments) {
        System.exit(Program.run(new DemoCommand(), System.out, System.err, arguments));
    }

    /// Runs the demo.
    ///
    /// @return the exit status
    static int demonstrate(DemoOptions options) {
        if (!Lab.usable()) {
            System.err.println("testudo demo: this process may not create network namespaces. Run it as root;"
                    + " in a container, give that CAP_SYS_ADMIN and CAP_NET_ADMIN.");
            return MISSING;
        }
        Screen screen = Screen.standard();
        List<Measurement> measurements = new ArrayList<>();
        boolean allWell = true;
        for (int run = 1; run <= options.repeat(); run++) {
            String count = options.repeat() == 1 ? "" : " (run %d of %d)".formatted(run, options.repeat());
            screen.heading("Testudo: %d devices become one; then the master dies: %s%s"
                    .formatted(options.devices(), options.death().description(), count));
            boolean keep = options.keep() && run == options.repeat();
            allWell &= once(options, screen, keep, measurements);
        }
        options.json().ifPresent(file -> JsonReport.write(file, measurements, options.repeat() > 1));
        return allWell ? 0 : FAILURE;
    }

    /// One run; whether all of it happened.
    private static boolean once(DemoOptions options, Screen screen, boolean keep, List<Measurement> measurements) {
        List<Lab> opened = new ArrayList<>();
        try {
            screen.phase(
                    "lab",
                    "namespaces for devices, client, server, nms",
                    () -> opened.add(Lab.open(options.devices())),
                    _ -> "%d devices, client, server, nms in network namespaces".formatted(options.devices()));
            return measure(options, screen, keep, measurements, opened.getFirst());
        } catch (LabException e) {
            // After Ctrl-C the lab goes away under the demo's feet: nothing has failed then.
            if (opened.stream().noneMatch(Lab::closed)) {
                screen.failure("FAILED: " + e.getMessage());
            }
            return false;
        } finally {
            opened.forEach(Lab::close);
        }
    }

    private static boolean measure(
            DemoOptions options, Screen screen, boolean keep, List<Measurement> measurements, Lab lab) {
        try (DemoRun run = new DemoRun(lab, screen, options.death())) {
            Measurement measurement;
            try {
                measurement = run.run();
            } catch (LabException e) {
                if (!lab.closed()) {
                    System.err.println(run.logTails());
                    saveLogs(lab, screen);
                }
                throw e;
            }
            measurements.add(measurement);
            List<String> shortcomings = measurement.shortcomings();
            shortcomings.forEach(text -> screen.failure("FAILED: " + text));
            if (shortcomings.isEmpty()) {
                screen.success("All of it happened.");
            }
            if (keep) {
                lab.keep();
                measurement.reach().commands().forEach(System.out::println);
            } else if (!shortcomings.isEmpty()) {
                saveLogs(lab, screen);
            }
            return shortcomings.isEmpty();
        }
    }

    private static void saveLogs(Lab lab, Screen screen) {
        screen.detail("the logs of this run are kept in " + lab.saveLogs());
    }
}
