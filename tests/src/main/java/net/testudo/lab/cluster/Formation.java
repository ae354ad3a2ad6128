package net.testudo.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.testudo.lab.Await;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;

/// How unconfigured devices become a cluster: one commit at the first one, which admits the others.
public final class Formation {
    private static final Duration ATTEMPT = Duration.ofSeconds(1);
    /// A question is a process of its own.
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Lab lab;
    private final Devices devices;
    private final NetconfClient netconf;
    private final SnmpClient snmp;

    /// @param netconf configures the first device
    /// @param snmp at the cluster's address
    public Formation(Lab lab, Devices devices, NetconfClient netconf, SnmpClient snmp) {
        this.lab = lab;
        this.devices = devices;
        this.netconf = netconf;
        this.snmp = snmp;
    }

    /// Waits until each started device answers NETCONF at its own address. The session at the first one stays open.
    ///
    /// @throws LabException if one does not within [Devices#START_LIMIT], or ends
    public void awaitNetconf() {
        for (int device = devices.count(); device >= 1; device--) {
            devices.awaitRunning(device);
            String address = lab.topology().managementAddress(device);
            Await.until("NETCONF answers at " + address, Devices.START_LIMIT, () -> attempt(address), String::isEmpty);
        }
    }

    /// @return why there is no session, empty if there is one
    private String attempt(String address) {
        devices.requireAlive();
        try {
            netconf.connect(address, ATTEMPT);
            return "";
        } catch (LabException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Configures the first device, at which [#awaitNetconf] left the session.
    public void configure(Secrets secrets) {
        Path file = lab.directory().resolve("cluster.xml");
        try {
            Files.writeString(file, ClusterConfiguration.xml(secrets));
        } catch (IOException e) {
            throw new LabException("cannot write " + file + ": " + e.getMessage(), e);
        }
        netconf.apply(file);
    }

    /// Waits until all devices are members in their roles, in sync.
    ///
    /// @return the table of members then
    /// @throws LabException with the table of members, if they are not within the limit
    public DeviceTable awaitWhole(Duration limit) {
        return Await.until(
                "all " + devices.count() + " devices are members in their roles, in sync",
                limit,
                PAUSE,
                () -> DeviceTable.read(snmp),
                table -> table.whole(devices.count()));
    }
}
