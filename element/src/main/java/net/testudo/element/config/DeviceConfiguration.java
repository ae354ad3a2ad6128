package net.testudo.element.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.testudo.element.config.ClusterConfig.StaticRole;
import net.testudo.element.net.Ipv4Prefix;
import net.testudo.element.net.MacAddress;

/// What the master derives from the cluster's configuration for one device (DCF-02 to DCF-06).
///
/// @param clusterId UUID of the cluster
/// @param clusterName as configured
/// @param serial number of the device
/// @param device its number in the cluster
/// @param staticRole its role as configured
/// @param clusterPorts names of its cluster ports, first one first
/// @param networks its part in each data network, in the cluster's order
public record DeviceConfiguration(
        String clusterId,
        String clusterName,
        String serial,
        int device,
        StaticRole staticRole,
        List<String> clusterPorts,
        List<NetworkAssignment> networks) {
    private static final String ROOT = "/testudo-cluster:device";

    /// A device's part in a data network.
    ///
    /// @param network name
    /// @param port name of the device's port, as on its command line; the port bears the network's name there
    /// @param index number of the network in cluster frames
    /// @param address the cluster address
    /// @param virtualMac the cluster's MAC address
    public record NetworkAssignment(
            String network, String port, int index, Ipv4Prefix address, MacAddress virtualMac) {}

    /// Keeps its own copies of the lists.
    public DeviceConfiguration {
        clusterPorts = List.copyOf(clusterPorts);
        networks = List.copyOf(networks);
    }

    /// What the device with this serial number gets, or nothing if it is no member.
    public static Optional<DeviceConfiguration> derive(ClusterConfig config, String clusterId, String serial) {
        return config.member(serial).map(member -> {
            List<NetworkAssignment> networks = new ArrayList<>();
            for (int i = 0; i < config.networks().size(); i++) {
                ClusterConfig.DataNetwork network = config.networks().get(i);
                networks.add(new NetworkAssignment(
                        network.name(), network.name(), i, network.address(), network.mac(clusterId, i)));
            }
            return new DeviceConfiguration(
                    clusterId,
                    config.name(),
                    serial,
                    member.id(),
                    member.staticRole(),
                    config.clusterPorts(),
                    networks);
        });
    }

    /// The canonical text, in the form of a [ConfigDocument].
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(ConfigDocument.line(ROOT + "/cluster-id", clusterId));
        lines.add(ConfigDocument.line(ROOT + "/cluster-name", clusterName));
        lines.add(ConfigDocument.line(ROOT + "/serial", serial));
        lines.add(ConfigDocument.line(ROOT + "/id", Integer.toString(device)));
        lines.add(ConfigDocument.line(ROOT + "/static-role", staticRole.text()));
        for (String port : clusterPorts) {
            lines.add(ConfigPath.entry(ROOT + "/cluster-port", ".", port));
        }
        for (NetworkAssignment network : networks) {
            String path = ConfigPath.entry(ROOT + "/data-network", "name", network.network);
            lines.add(ConfigDocument.line(path + "/port", network.port));
            lines.add(ConfigDocument.line(path + "/index", Integer.toString(network.index)));
            lines.add(ConfigDocument.line(path + "/address", network.address.toString()));
            lines.add(ConfigDocument.line(path + "/virtual-mac", network.virtualMac.toString()));
        }
        return String.join("\n", lines) + "\n";
    }

    /// The text of what a device gets, empty if it gets nothing.
    public static String text(Optional<DeviceConfiguration> device) {
        return device.map(DeviceConfiguration::text).orElse("");
    }

    /// The hash of [#text], by which master and device agree on it (VER-02).
    public RevisionHash hash() {
        return RevisionHash.of(text());
    }
}
