package net.testudo.bench;

import picocli.CommandLine.Option;

/// After which time a silent device counts as dead.
final class DeadTime {
    private static final int MS_MIN = 25;
    private static final int MS_MAX = 250;

    @Option(
            names = "--dead-time",
            paramLabel = "MS",
            description = "after so many milliseconds a silent device counts as dead (what the devices take if nothing"
                    + " is configured)")
    private int ms;

    /// @throws picocli.CommandLine.ParameterException if it is none that can be configured
    void check(Report report) {
        if (ms != 0) {
            report.require("--dead-time", ms, MS_MIN, MS_MAX);
        }
    }

    /// Configures it, if it is given.
    void set(DeviceCluster cluster) {
        if (ms != 0) {
            cluster.setDeadTime(ms);
        }
    }

    /// For people.
    String words() {
        return ms == 0 ? "the usual dead time" : "a dead time of " + ms + " ms";
    }
}
