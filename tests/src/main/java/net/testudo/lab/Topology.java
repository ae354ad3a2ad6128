package net.testudo.lab;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the lab consists of: namespaces, and the links from them to the switch's bridges.
///
/// @param prefix of all namespaces' names; unique on the machine
/// @param devices how many, 1 to [#DEVICE_COUNT_MAX]
public record Topology(String prefix, int devices) {
    /// Devices of one lab at most.
    public static final int DEVICE_COUNT_MAX = 9;

    /// Number of the cluster's address in each data network.
    public static final int CLUSTER_HOST = 1;

    /// Number of the management station, inside and on the management network.
    public static final int NMS_HOST = 50;

    /// Number of the client (outside) and of the server (inside).
    public static final int END_HOST = 100;

    /// Number of the switch's own address in each data network: the witness.
    public static final int WITNESS_HOST = 254;

    /// Octets of an IP packet on the cluster network: a relayed packet of the data networks plus the cluster's header.
    private static final int CLUSTER_MTU_OCTETS = 1700;

    private static final int DEVICE_HOST_OFFSET = 10;
    private static final int DEVICE_GROUP_OFFSET = 100;

    /// One link between a namespace and the switch.
    ///
    /// @param namespace where the port is
    /// @param network on whose bridge the other end is
    /// @param switchPort name of the other end
    /// @param mac of the port
    /// @param group of the other end: links that are cut together, 0 for none
    /// @param address of the port with its length, or null
    public record Link(
            String namespace,
            Network network,
            String switchPort,
            String mac,
            int group,
            @Nullable String address) {}

    public Topology {
        if (devices < 1 || devices > DEVICE_COUNT_MAX) {
            throw new LabException("a lab has 1 to " + DEVICE_COUNT_MAX + " devices, not " + devices);
        }
    }

    /// The namespace of the bridges.
    public String switchNamespace() {
        return prefix + "-switch";
    }

    /// The namespace of the client, outside.
    public String client() {
        return prefix + "-client";
    }

    /// The namespace of the server, inside.
    public String server() {
        return prefix + "-server";
    }

    /// The namespace of the management station.
    public String nms() {
        return prefix + "-nms";
    }

    /// The namespace of a device.
    ///
    /// @param device 1 to [#devices]
    public String device(int device) {
        return prefix + "-d" + device;
    }

    /// A device's own management address.
    ///
    /// @param device 1 to [#devices]
    public String managementAddress(int device) {
        return Network.MANAGEMENT.address(DEVICE_HOST_OFFSET + device);
    }

    /// The switch's end of a device's link.
    ///
    /// @param device 1 to [#devices]
    public String switchPort(int device, Network network) {
        return network.port() + device;
    }

    /// The group of a device's links: they are cut in one step, as at a loss of power.
    ///
    /// @param device 1 to [#devices]
    public int linkGroup(int device) {
        return DEVICE_GROUP_OFFSET + device;
    }

    /// All namespaces, the switch first.
    public List<String> namespaces() {
        List<String> names = new ArrayList<>(List.of(switchNamespace(), client(), server(), nms()));
        for (int device = 1; device <= devices; device++) {
            names.add(device(device));
        }
        return names;
    }

    /// All links.
    public List<Link> links() {
        List<Link> links = new ArrayList<>();
        links.add(host(client(), Network.OUTSIDE, "client", END_HOST));
        links.add(host(server(), Network.INSIDE, "server", END_HOST));
        links.add(host(nms(), Network.INSIDE, "nms-in", NMS_HOST));
        links.add(host(nms(), Network.MANAGEMENT, "nms-mgmt", NMS_HOST));
        for (int device = 1; device <= devices; device++) {
            for (Network network : Network.values()) {
                String address =
                        network == Network.MANAGEMENT ? network.addressWithLength(DEVICE_HOST_OFFSET + device) : null;
                links.add(new Link(
                        device(device),
                        network,
                        switchPort(device, network),
                        network.mac(device),
                        linkGroup(device),
                        address));
            }
        }
        return links;
    }

    private static Link host(String namespace, Network network, String switchPort, int host) {
        return new Link(namespace, network, switchPort, network.mac(host), 0, network.addressWithLength(host));
    }

    /// Commands for `ip -batch` in the machine's own namespace: creates the namespaces.
    List<String> namespaceCommands() {
        return namespaces().stream().map(name -> "netns add " + name).toList();
    }

    /// Commands for `ip -batch` in the switch namespace: bridges, links, and the addresses of the witness.
    List<String> switchCommands() {
        List<String> commands = new ArrayList<>(List.of("link set lo up"));
        for (Network network : Network.values()) {
            commands.add("link add " + network.label() + " address " + network.mac(WITNESS_HOST)
                    + " type bridge stp_state 0 forward_delay 0 mcast_snooping 0");
            commands.add("link set " + network.label() + mtu(network) + " up");
        }
        for (Network network : List.of(Network.OUTSIDE, Network.INSIDE)) {
            commands.add("addr add " + network.addressWithLength(WITNESS_HOST) + " dev " + network.label());
        }
        for (Link link : links()) {
            commands.add("link add " + link.switchPort() + " type veth peer name "
                    + link.network().port() + " address " + link.mac() + " netns " + link.namespace());
            commands.add("link set " + link.switchPort() + " master "
                    + link.network().label() + " group " + link.group() + mtu(link.network()) + " up");
        }
        return commands;
    }

    /// Commands for `ip -batch` in any other namespace: brings its ports up and gives them their addresses.
    List<String> portCommands(String namespace) {
        List<String> commands = new ArrayList<>(List.of("link set lo up"));
        for (Link link : linksOf(namespace)) {
            if (link.address() != null) {
                commands.add(
                        "addr add " + link.address() + " dev " + link.network().port());
            }
            commands.add("link set " + link.network().port() + mtu(link.network()) + " up");
        }
        if (namespace.equals(server())) {
            commands.add("route add default via " + Network.INSIDE.address(CLUSTER_HOST));
        }
        return commands;
    }

    /// Names of a namespace's ports.
    List<String> ports(String namespace) {
        return namespace.equals(switchNamespace())
                ? links().stream().map(Link::switchPort).toList()
                : linksOf(namespace).stream().map(link -> link.network().port()).toList();
    }

    private List<Link> linksOf(String namespace) {
        return links().stream()
                .filter(link -> link.namespace().equals(namespace))
                .toList();
    }

    private static String mtu(Network network) {
        return network == Network.CLUSTER ? " mtu " + CLUSTER_MTU_OCTETS : "";
    }
}
