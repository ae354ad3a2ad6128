package net.testudo.sim;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.management.Content;
import net.testudo.sim.world.DeviceProfile;
import net.testudo.sim.world.SimWorld;

/// The configuration with which the first device of a simulated world forms the cluster.
///
/// @param serials of the devices that may join
/// @param livenessNetworks data networks on which status travels too
/// @param witnessNetworks data networks whose host is the witness
/// @param autoJoin whether devices join without being asked for
/// @param election more lines below the cluster's container
public record FirstConfiguration(
        List<String> serials,
        List<String> livenessNetworks,
        List<String> witnessNetworks,
        boolean autoJoin,
        List<String> election) {
    private static final List<String> ADDRESSES = List.of("198.51.100.1/24", "192.0.2.1/24");
    /// The server inside is reached by ports of the cluster's outside address; what comes from inside gets that
    /// address, with ports of small blocks, so that a run needs several.
    private static final List<String> POLICY =
            """
            rule[name='to-the-server-tcp']/from-network = outside
            rule[name='to-the-server-tcp']/to-network = inside
            rule[name='to-the-server-tcp']/destination = 192.0.2.100/32
            rule[name='to-the-server-tcp']/protocol = tcp
            rule[name='to-the-server-tcp']/destination-port = 5000..5999
            rule[name='to-the-server-tcp']/action = accept
            rule[name='to-the-server-udp']/from-network = outside
            rule[name='to-the-server-udp']/to-network = inside
            rule[name='to-the-server-udp']/destination = 192.0.2.100/32
            rule[name='to-the-server-udp']/protocol = udp
            rule[name='to-the-server-udp']/destination-port = 5000..5999
            rule[name='to-the-server-udp']/action = accept
            rule[name='to-the-outside']/from-network = inside
            rule[name='to-the-outside']/to-network = outside
            rule[name='to-the-outside']/source = 192.0.2.0/24
            rule[name='to-the-outside']/action = accept
            source-nat[name='to-the-outside']/from-network = inside
            source-nat[name='to-the-outside']/to-network = outside
            source-nat[name='to-the-outside']/source = 192.0.2.0/24
            source-nat[name='to-the-outside']/port-range = 20000..21023
            source-nat[name='to-the-outside']/block-size = 16
            destination-nat[name='server-tcp']/network = outside
            destination-nat[name='server-tcp']/protocol = tcp
            destination-nat[name='server-tcp']/port-range = 5000..5999
            destination-nat[name='server-tcp']/to-address = 192.0.2.100
            destination-nat[name='server-udp']/network = outside
            destination-nat[name='server-udp']/protocol = udp
            destination-nat[name='server-udp']/port-range = 5000..5999
            destination-nat[name='server-udp']/to-address = 192.0.2.100
            """.lines().map(line -> "/testudo-policy:policy/" + line).toList();
    private static final List<String> WITNESSES = List.of("198.51.100.254", "192.0.2.254");

    /// Its lines.
    public Content content() {
        List<String> lines = new ArrayList<>();
        lines.add("/testudo-cluster:cluster/enabled = true");
        lines.add("/testudo-cluster:cluster/name = simulated");
        lines.add("/testudo-cluster:cluster/cluster-port[.='cluster']");
        for (int i = 0; i < SimWorld.DATA_NETWORKS.size(); i++) {
            String name = SimWorld.DATA_NETWORKS.get(i);
            String entry = "/testudo-cluster:cluster/data-network[name='" + name + "']";
            lines.add(entry + "/address = " + ADDRESSES.get(i));
            if (witnessNetworks.contains(name)) {
                lines.add(entry + "/witness[.='" + WITNESSES.get(i) + "']");
            }
            lines.add(entry + "/liveness = " + livenessNetworks.contains(name));
        }
        lines.add("/testudo-cluster:cluster/local-network = inside");
        lines.add("/testudo-cluster:cluster/auto-join = " + autoJoin);
        election.forEach(line -> lines.add("/testudo-cluster:cluster/" + line));
        lines.addAll(POLICY);
        StringBuilder secrets = new StringBuilder();
        for (String serial : serials.stream().distinct().toList()) {
            secrets.append("/testudo-cluster:cluster/join-key[serial='")
                    .append(serial)
                    .append("']/key = ")
                    .append(DeviceProfile.joinKey(serial))
                    .append('\n');
        }
        return new Content(String.join("\n", lines) + "\n", secrets.toString());
    }
}
