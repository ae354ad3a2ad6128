package net.testudo.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import net.testudo.lab.LabException;

/// The verb `bench`.
public final class Bench {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    static final String USAGE = """
            Usage: ./testudo bench sync [--records N] [--octets N] [--rounds N] [--json FILE]

            sync  run-time data from one device to another, in processes and namespaces of their own: records that
                  are sealed, sent in order over the cluster port, and acknowledged by their receiver

              --records N   records of one round, 1000 to 100000000 (1000000)
              --octets N    length of a record, 8 to 1200 (100)
              --rounds N    rounds that are measured, 1 to 100 (5); two more come first, to warm up
              --json FILE   writes the figures there

            Exit status: 0 measured; 1 it could not be measured; 2 wrong usage; 3 something is missing on this machine.
            """;

    private Bench() {}

    /// Ends the JVM with the status that [#USAGE] names.
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out));
    }

    /// Does it, without ending the JVM.
    ///
    /// @return the exit status
    static int run(List<String> arguments, PrintStream out) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(USAGE);
            return OK;
        }
        SyncOptions options;
        try {
            options = SyncOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.print(USAGE);
            return MISUSED;
        }
        try {
            new SyncBench(options, out).run();
            return OK;
        } catch (LabException | IOException e) {
            out.println("cannot be measured: " + e.getMessage());
            return FAILED;
        }
    }
}
