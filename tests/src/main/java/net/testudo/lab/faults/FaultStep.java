package net.testudo.lab.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// One fault, or two at once; the next step begins when all is in order again.
///
/// @param number from 1
/// @param faults of different devices
record FaultStep(int number, List<Fault> faults) {
    FaultStep {
        faults = List.copyOf(faults);
    }

    /// Whether it is one fault: then no host may notice more than a gap.
    boolean single() {
        return faults.size() == 1;
    }

    /// Whether the devices that it does not take out are a majority: otherwise nobody needs to serve meanwhile.
    boolean majorityStays(int devices) {
        long out = faults.stream().filter(fault -> fault.kind().takesOut()).count();
        return 2 * (devices - out) > devices;
    }

    /// Whether it has a fault of this device.
    boolean strikes(int device) {
        return faults.stream().anyMatch(fault -> fault.device() == device);
    }

    /// The kind, or both, for tables.
    String label() {
        return faults.stream().map(fault -> fault.kind().label()).collect(Collectors.joining(" + "));
    }

    @Override
    public String toString() {
        return faults.stream()
                .map(fault -> fault + " +" + seconds(fault.delay()) + " for " + seconds(fault.length()))
                .collect(Collectors.joining(" and "));
    }

    private static String seconds(Duration duration) {
        return "%.2f s".formatted(duration.toMillis() / 1000.0);
    }
}
