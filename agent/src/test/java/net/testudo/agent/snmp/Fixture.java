package net.testudo.agent.snmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.BackupSync.SyncClassState;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElectionState;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.management.ElementSnapshot.DiscoveredDevice;
import net.testudo.element.management.ElementSnapshot.MemberState;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.MemberClock;
import net.testudo.element.management.RevisionHistory;
import net.testudo.element.management.Role;
import net.testudo.element.management.SystemClock;
import net.testudo.element.management.Verified;
import net.testudo.element.net.ProtocolVersions;

/// A cluster of three devices as one of them sees it; each test changes what it is about.
final class Fixture {
    static final String CLUSTER_ID = "6b1f0c3e-5f7a-4c1d-9e2b-0123456789ab";
    static final String AUTHENTICATION = "authentication-secret";
    static final String PRIVACY = "privacy-secret";
    static final long SECOND_NS = 1_000_000_000;

    final long startedNs;
    int device = 1;
    int master = 1;
    long epoch = 7;
    long revision = 4;
    long engineBoots = 3;
    long engineBootsNs = System.nanoTime();
    boolean unwitnessed;
    String configuration = "";
    String secrets = "";
    Switchover lastSwitchover;
    final List<Alarm> alarms = new ArrayList<>();
    final Map<String, Long> counters = new TreeMap<>();

    /// @param startedNs when the cluster was formed
    Fixture(long startedNs) {
        this.startedNs = startedNs;
        this.lastSwitchover = new Switchover("A1/1/9", 2, 1, "silence", startedNs + 60 * SECOND_NS, 2);
        alarms.add(new Alarm("no-real-time-scheduling", 2, "Start it with CAP_SYS_NICE."));
        alarms.add(new Alarm("cluster-link-silent", 0, "Look at the cable of the cluster port."));
        counters.put("drop.no-policy", 17L);
        counters.put("flow.created", 123_456_789_012L);
        user("ops", "read-only");
    }

    /// Adds an SNMP user with the passphrases above.
    Fixture user(String name, String role) {
        String path = "/testudo-system:system/snmp/user[name='" + name + "']";
        configuration += path + "\n" + path + "/role = " + role + "\n";
        secrets += path + "/authentication-passphrase = " + AUTHENTICATION + "\n";
        secrets += path + "/privacy-passphrase = " + PRIVACY + "\n";
        return this;
    }

    /// Adds a target of the user `ops`.
    Fixture target(String name, int port, String type) {
        String path = "/testudo-system:system/snmp/notify-target[name='" + name + "']";
        configuration += path + "/address = 127.0.0.1\n" + path + "/port = " + port + "\n" + path + "/user = ops\n"
                + path + "/type = " + type + "\n";
        return this;
    }

    /// The state at a moment.
    ElementSnapshot snapshot(long nowNs) {
        return new ElementSnapshot(
                nowNs,
                "A" + device,
                device,
                role(device),
                CLUSTER_ID,
                "demo",
                startedNs,
                epoch,
                master,
                device == master,
                true,
                unwitnessed,
                revision,
                "c0ffee",
                new Content(configuration, secrets),
                List.of(member(1, nowNs), member(2, nowNs), member(3, nowNs)),
                List.of(new DiscoveredDevice(
                        "B7", "02:00:00:00:00:b7", "0.1", "ike,esp", "", "ineligible", "version differs", nowNs)),
                List.copyOf(alarms),
                lastSwitchover,
                engineBoots,
                engineBootsNs,
                RevisionHistory.EMPTY,
                new BackupSync(
                        2,
                        BackupSync.State.LATE,
                        1,
                        17,
                        List.of(
                                new SyncClassState("port-leases", 2, 4, 5, 5, 90, 3, 3, 0, 0, 100),
                                new SyncClassState("flows", 1, 1_000, 970, 940, 95_000, 90, 80, 30, 700_000_000, 94))),
                new TreeMap<>(counters),
                EventLog.EMPTY,
                2,
                ElectionState.NONE);
    }

    private MemberState member(int number, long nowNs) {
        return new MemberState(
                number,
                "A" + number,
                role(number),
                number == 3 ? "standby" : "active",
                true,
                number != 3,
                number != 3,
                100 - number,
                Capacity.UNKNOWN,
                List.of(),
                "0.1.0",
                "c0ffee",
                1000L * number,
                0xb007L + number,
                number == 3 ? 0 : nowNs - SECOND_NS,
                Verified.VERIFIED,
                Map.of(),
                ProtocolVersions.OWN,
                new MemberClock(new MemberClock.Offset(100 + device, 20), SystemClock.UNKNOWN, 3L));
    }

    private Role role(int number) {
        if (number == master) {
            return Role.MASTER;
        }
        return number == 3 ? Role.FAILED : Role.BACKUP_MASTER;
    }

    /// An event of this device.
    ElementEvent event(int sequence, ElementEvent.Kind kind, int about, Map<String, String> evidence) {
        return new ElementEvent(
                "A" + device + "/1/" + sequence,
                kind,
                about,
                about == 0 ? "" : "A" + about,
                epoch,
                ElementEvent.Reason.SILENT,
                "silence",
                evidence);
    }
}
