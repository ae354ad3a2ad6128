package net.testudo.lab;

/// The networks of the lab; each is one bridge in the switch namespace.
public enum Network {
    /// Where the clients are; its addresses are from RFC 5737.
    OUTSIDE("outside", "out", "198.51.100.", 1),
    /// Where the servers are.
    INSIDE("inside", "in", "10.10.0.", 2),
    /// Joins the devices' cluster ports; no host has a port here, and nobody an address.
    CLUSTER("cluster", "clu", "", 3),
    /// Joins the devices' management ports with the management station.
    MANAGEMENT("management", "mgmt", "192.0.2.", 4);

    private static final int PREFIX_LENGTH = 24;

    private final String label;
    private final String port;
    private final String octets;
    private final int number;

    Network(String label, String port, String octets, int number) {
        this.label = label;
        this.port = port;
        this.octets = octets;
        this.number = number;
    }

    /// Name of the network and of its bridge.
    public String label() {
        return label;
    }

    /// Name of the port towards this network, on devices and hosts.
    public String port() {
        return port;
    }

    /// Whether hosts have addresses here.
    public boolean addressed() {
        return !octets.isEmpty();
    }

    /// The IPv4 address of a host, such as `10.10.0.7`.
    ///
    /// @param host 1 to 254
    public String address(int host) {
        return octets + host;
    }

    /// The network itself with its length, such as `10.10.0.0/24`.
    public String prefix() {
        return address(0) + "/" + PREFIX_LENGTH;
    }

    /// An address with the length of the network's prefix, such as `10.10.0.7/24`.
    ///
    /// @param host 1 to 254
    public String addressWithLength(int host) {
        return address(host) + "/" + PREFIX_LENGTH;
    }

    /// A port's MAC address, locally administered: the last octets name network and host.
    ///
    /// @param host 1 to 254
    public String mac(int host) {
        return "02:7e:57:%02x:00:%02x".formatted(number, host);
    }
}
