package net.testudo.lab.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.testudo.lab.Lab;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.cluster.NetconfClient;
import net.testudo.lab.cluster.Secrets;

/// How a person or a script reaches the cluster's management from outside of the lab.
///
/// @param namespace of the management station
/// @param enter command before a command that is to run there
/// @param address of the cluster, for NETCONF and SNMP
/// @param secrets of the user
/// @param snmpDirectory with net-snmp's configuration for the user
record Reach(String namespace, String enter, String address, Secrets secrets, Path snmpDirectory) {
    /// @param process in the management station's namespace, by which a user namespace can be entered
    static Reach of(Lab lab, Secrets secrets, Path snmpDirectory, long process) {
        String namespace = lab.topology().nms();
        String enter = inUserNamespace()
                ? "nsenter --preserve-credentials -U -m -n -t " + process
                : "ip netns exec " + namespace;
        return new Reach(namespace, enter, Network.INSIDE.address(Topology.CLUSTER_HOST), secrets, snmpDirectory);
    }

    private static boolean inUserNamespace() {
        try {
            // The first user namespace maps all numbers to themselves.
            return !Files.readString(Path.of("/proc/self/uid_map")).strip().matches("0 +0 +4294967295");
        } catch (IOException _) {
            // A kernel without user namespaces.
            return false;
        }
    }

    /// Commands that work while the lab is up, each with what it is for.
    List<String> commands() {
        String ssh = enter + " ssh -i " + secrets.sshKey() + " -o UserKnownHostsFile=/dev/null"
                + " -o StrictHostKeyChecking=no -p " + NetconfClient.PORT;
        String python = enter + " /usr/bin/python3, then: from ncclient import manager; m = manager.connect(host='";
        return List.of(
                "NETCONF    %s -s %s@%s netconf".formatted(ssh, Secrets.USER, address),
                "password   " + secrets.password(),
                "ncclient   %s%s', port=%d, username='%s', key_filename='%s', hostkey_verify=False)"
                        .formatted(python, address, NetconfClient.PORT, Secrets.USER, secrets.sshKey()),
                "SNMP       %s env SNMPCONFPATH=%s SNMP_PERSISTENT_DIR=%s snmpwalk %s 1.3.6.1.4.1.32473"
                        .formatted(enter, snmpDirectory, snmpDirectory, address),
                "end        ./testudo demo --stop");
    }
}
