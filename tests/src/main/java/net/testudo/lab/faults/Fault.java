package net.testudo.lab.faults;

import java.time.Duration;
import net.testudo.lab.Network;
import net.testudo.lab.cluster.Devices;

/// One fault of one device.
///
/// @param kind of the fault
/// @param device number in the lab
/// @param network whose link is cut; [Network#CLUSTER] where the kind has no other
/// @param toDevice which direction is cut, where the kind cuts only one
/// @param delay from the beginning of the step
/// @param length until it is healed; nothing where it heals by itself
record Fault(FaultKind kind, int device, Network network, boolean toDevice, Duration delay, Duration length) {
    /// In a few words, such as `data-one-way A2 outside, to it`.
    @Override
    public String toString() {
        String place = kind.label() + " " + Devices.serial(device);
        return switch (kind) {
            case DATA_CUT -> place + " " + network.label();
            case CLUSTER_ONE_WAY -> place + " " + direction();
            case DATA_ONE_WAY -> place + " " + network.label() + " " + direction();
            default -> place;
        };
    }

    private String direction() {
        return toDevice ? "to it" : "from it";
    }
}
