package net.testudo.element.policy;

import java.util.List;
import net.testudo.element.config.ClusterConfig.DataNetwork;
import net.testudo.element.net.Ipv4Address;

/// Which data network leads to an address, and over which next hop: the networks themselves, then the first gateway.
/// Answers without allocation.
public final class RouteTable {
    /// No network.
    public static final int NONE = -1;

    private final int[] addresses;
    private final int[] masks;
    private final int defaultNetwork;
    private final int gateway;

    /// The routes of these networks; a network is numbered by its place.
    public RouteTable(List<DataNetwork> networks) {
        addresses = new int[networks.size()];
        masks = new int[networks.size()];
        int firstWithGateway = NONE;
        for (int i = 0; i < networks.size(); i++) {
            addresses[i] = networks.get(i).address().address().bits();
            masks[i] = networks.get(i).address().mask();
            if (firstWithGateway == NONE && networks.get(i).gateway().isPresent()) {
                firstWithGateway = i;
            }
        }
        defaultNetwork = firstWithGateway;
        gateway = firstWithGateway == NONE
                ? 0
                : networks.get(firstWithGateway)
                        .gateway()
                        .map(Ipv4Address::bits)
                        .orElse(0);
    }

    /// The network that leads to `address`, or [#NONE].
    public int network(int address) {
        int direct = directNetwork(address);
        return direct == NONE ? defaultNetwork : direct;
    }

    /// The neighbour to which a packet for `address` is handed: the address itself on a data network, else the
    /// gateway. Without meaning if there is no route.
    public int nextHop(int address) {
        return directNetwork(address) == NONE ? gateway : address;
    }

    /// The network whose cluster address is `address`, or [#NONE].
    public int clusterAddress(int address) {
        for (int i = 0; i < addresses.length; i++) {
            if (addresses[i] == address) {
                return i;
            }
        }
        return NONE;
    }

    /// The cluster address on a network.
    public int addressOn(int network) {
        return addresses[network];
    }

    /// Whether `address` is the number of a data network or its directed broadcast (RFC 1812 §4.2.3.1).
    public boolean isBroadcast(int address) {
        int network = directNetwork(address);
        if (network == NONE || Integer.bitCount(masks[network]) > 30) {
            return false;
        }
        int host = address & ~masks[network];
        return host == 0 || host == ~masks[network];
    }

    private int directNetwork(int address) {
        for (int i = 0; i < addresses.length; i++) {
            if (((address ^ addresses[i]) & masks[i]) == 0) {
                return i;
            }
        }
        return NONE;
    }
}
