package net.testudo.lab.cluster;

import net.testudo.lab.Network;
import net.testudo.lab.Topology;

/// The configuration that the demo's orchestrator sends to the first device: one `edit-config` makes the cluster.
public final class ClusterConfiguration {
    /// Ports of the cluster's outside address that lead to the server.
    public static final int SERVED_PORT_LOWEST = 5000;

    private static final String TEMPLATE = """
            <config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
              <cluster xmlns="urn:testudo:yang:testudo-cluster">
                <enabled>true</enabled>
                <name>demo</name>
                <cluster-port>${clusterPort}</cluster-port>
                <data-network>
                  <name>outside</name>
                  <address>${outsideCluster}</address>
                  <witness>${outsideWitness}</witness>
                </data-network>
                <data-network>
                  <name>inside</name>
                  <address>${insideCluster}</address>
                  <witness>${insideWitness}</witness>
                </data-network>
                <local-network>inside</local-network>
                <auto-join>true</auto-join>
            ${joinKeys}  </cluster>
              <policy xmlns="urn:testudo:yang:testudo-policy">
                <rule>
                  <name>to-the-server-tcp</name>
                  <from-network>outside</from-network>
                  <to-network>inside</to-network>
                  <destination>${server}/32</destination>
                  <protocol>tcp</protocol>
                  <destination-port>${lowest}..9999</destination-port>
                  <action>accept</action>
                </rule>
                <rule>
                  <name>to-the-server-udp</name>
                  <from-network>outside</from-network>
                  <to-network>inside</to-network>
                  <destination>${server}/32</destination>
                  <protocol>udp</protocol>
                  <destination-port>${lowest}..9999</destination-port>
                  <action>accept</action>
                </rule>
                <rule>
                  <name>to-the-outside</name>
                  <from-network>inside</from-network>
                  <to-network>outside</to-network>
                  <source>${inside}</source>
                  <action>accept</action>
                </rule>
                <source-nat>
                  <name>to-the-outside</name>
                  <from-network>inside</from-network>
                  <to-network>outside</to-network>
                  <source>${inside}</source>
                </source-nat>
                <destination-nat>
                  <name>server-tcp</name>
                  <network>outside</network>
                  <protocol>tcp</protocol>
                  <port-range>${lowest}..9999</port-range>
                  <to-address>${server}</to-address>
                </destination-nat>
                <destination-nat>
                  <name>server-udp</name>
                  <network>outside</network>
                  <protocol>udp</protocol>
                  <port-range>${lowest}..9999</port-range>
                  <to-address>${server}</to-address>
                </destination-nat>
              </policy>
              <system xmlns="urn:testudo:yang:testudo-system">
                <user>
                  <name>${user}</name>
                  <authorized-key>${publicKey}</authorized-key>
                  <role>admin</role>
                  <password>$0$${password}</password>
                </user>
                <snmp>
                  <user>
                    <name>${user}</name>
                    <role>admin</role>
                    <authentication-passphrase>${authentication}</authentication-passphrase>
                    <privacy-passphrase>${privacy}</privacy-passphrase>
                  </user>
                  <notify-target>
                    <name>nms</name>
                    <address>${nms}</address>
                    <user>${user}</user>
                  </notify-target>
                </snmp>
              </system>
            </config>
            """;

    private static final String JOIN_KEY = """
                <join-key>
                  <serial>${serial}</serial>
                  <key>${key}</key>
                </join-key>
            """;

    private ClusterConfiguration() {}

    /// The `config` element for `edit-config` (RFC 6241 §7.2).
    public static String xml(Secrets secrets) {
        StringBuilder joinKeys = new StringBuilder();
        for (int device = 1; device <= secrets.joinKeys().size(); device++) {
            joinKeys.append(JOIN_KEY.replace("${serial}", Devices.serial(device))
                    .replace("${key}", secrets.joinKeys().get(device - 1)));
        }
        return TEMPLATE.replace("${clusterPort}", Network.CLUSTER.port())
                .replace("${outsideCluster}", Network.OUTSIDE.addressWithLength(Topology.CLUSTER_HOST))
                .replace("${outsideWitness}", Network.OUTSIDE.address(Topology.WITNESS_HOST))
                .replace("${insideCluster}", Network.INSIDE.addressWithLength(Topology.CLUSTER_HOST))
                .replace("${insideWitness}", Network.INSIDE.address(Topology.WITNESS_HOST))
                .replace("${joinKeys}", joinKeys)
                .replace("${inside}", Network.INSIDE.prefix())
                .replace("${server}", Network.INSIDE.address(Topology.END_HOST))
                .replace("${nms}", Network.INSIDE.address(Topology.NMS_HOST))
                .replace("${lowest}", Integer.toString(SERVED_PORT_LOWEST))
                .replace("${user}", Secrets.USER)
                .replace("${publicKey}", secrets.publicKeyText())
                .replace("${password}", secrets.password())
                .replace("${authentication}", secrets.authentication())
                .replace("${privacy}", secrets.privacy());
    }
}
