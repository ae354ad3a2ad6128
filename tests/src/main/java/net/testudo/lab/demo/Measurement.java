package net.testudo.lab.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.testudo.lab.ProcessorTime;

/// What one run of the demo measured.
///
/// @param death what happened to the master
/// @param formedMs from the orchestrator's `edit-config` until all devices are members in their roles
/// @param rejoinedMs from the device's restart until all devices are members in their roles again
/// @param traffic what the hosts noticed
/// @param flowsByDevice flows by serial number before the death
/// @param rolesBefore role by serial number
/// @param rolesAfter role by serial number, after the death and before the re-join
/// @param notifications names of the notifications from the death on, in order of arrival
/// @param hostKeySame whether NETCONF's host key at the cluster's address is the one from before
/// @param engineIdSame whether SNMP's engine id at the cluster's address is the one from before
/// @param realTime whether the devices have real-time scheduling, as this process may have it
/// @param processors what the machine did with its processors while there was traffic
/// @param reach how to get there
record Measurement(
        Death death,
        long formedMs,
        long rejoinedMs,
        DemoTraffic.Outcome traffic,
        Map<String, Long> flowsByDevice,
        Map<String, String> rolesBefore,
        Map<String, String> rolesAfter,
        List<String> notifications,
        boolean hostKeySame,
        boolean engineIdSame,
        boolean realTime,
        ProcessorTime processors,
        Reach reach) {
    /// An interruption longer than this is a failure.
    static final long INTERRUPTION_LIMIT_MS = 300;
    /// The same without real-time scheduling: devices then wait 250 ms before they take a silent one for dead, and
    /// everybody, the probing host too, waits for processors.
    static final long ORDINARY_LIMIT_MS = 1000;

    private static final double NS_PER_MS = 1e6;

    /// The longest gap of a 1 ms probe.
    double interruptionMs() {
        return traffic.interruptionNs() / NS_PER_MS;
    }

    /// The longest interruption that is no failure.
    long limitMs() {
        return realTime ? INTERRUPTION_LIMIT_MS : ORDINARY_LIMIT_MS;
    }

    /// What did not happen as it should; empty if all did.
    List<String> shortcomings() {
        List<String> found = new ArrayList<>();
        if (interruptionMs() > limitMs()) {
            found.add("the interruption was %.0f ms, more than %d ms".formatted(interruptionMs(), limitMs()));
        }
        if (traffic.tcpAlive() < traffic.tcpTotal()) {
            found.add(traffic.tcpTotal() - traffic.tcpAlive() + " TCP connections were lost");
        }
        if (!death.packetsLost() && traffic.lost() > 0) {
            found.add(traffic.lost() + " datagrams were lost, though the agent carries none");
        }
        if (traffic.natChanges() > 0) {
            found.add(traffic.natChanges() + " times a NAT mapping changed");
        }
        if (traffic.duplicates() > 0) {
            found.add(traffic.duplicates() + " datagrams came twice: two devices owned a flow");
        }
        if (!hostKeySame) {
            found.add("NETCONF shows another host key than before");
        }
        if (!engineIdSame) {
            found.add("SNMP shows another engine id than before");
        }
        return found;
    }
}
