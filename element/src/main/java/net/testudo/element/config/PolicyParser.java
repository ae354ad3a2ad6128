package net.testudo.element.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.testudo.element.config.ClusterConfig.DataNetwork;
import net.testudo.element.config.PolicyConfig.Action;
import net.testudo.element.config.PolicyConfig.AssignmentStrategy;
import net.testudo.element.config.PolicyConfig.DestinationNat;
import net.testudo.element.config.PolicyConfig.Rule;
import net.testudo.element.config.PolicyConfig.SourceNat;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.Ipv4Prefix;
import net.testudo.element.net.PortRange;
import net.testudo.element.net.Protocol;

/// Reads the policy part of a configuration.
final class PolicyParser {
    private static final String ROOT = "/testudo-policy:policy";
    private static final Map<String, Action> ACTIONS = Map.of("accept", Action.ACCEPT, "drop", Action.DROP);
    private static final String PORT_FORM = "a port or a range like 1024..65535";

    private final ConfigDocument document;
    private final FaultList faults;
    private final List<DataNetwork> networks;

    PolicyParser(ConfigDocument document, FaultList faults, List<DataNetwork> networks) {
        this.document = document;
        this.faults = faults;
        this.networks = networks;
    }

    PolicyConfig parse() {
        AssignmentStrategy strategy = faults.read(
                document,
                ROOT + "/assignment/strategy",
                AssignmentStrategy.ROUND_ROBIN,
                ClusterConfigParser.oneOf(Map.of(
                        "round-robin", AssignmentStrategy.ROUND_ROBIN,
                        "least-flows", AssignmentStrategy.LEAST_FLOWS,
                        "random", AssignmentStrategy.RANDOM)),
                "round-robin, least-flows or random");
        return new PolicyConfig(
                rules(), action(ROOT + "/default-action", Action.DROP), sourceNats(), destinationNats(), strategy);
    }

    private List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (String name : document.keys(ROOT + "/rule", "name")) {
            String path = ConfigPath.entry(ROOT + "/rule", "name", name);
            if (document.value(path + "/action").isEmpty()) {
                faults.add(path + "/action", "is missing: say accept or drop");
            }
            int protocol = protocol(path, Protocol.ANY);
            PortRange ports = ports(path + "/destination-port", PortRange.ALL);
            if (document.value(path + "/destination-port").isPresent() && !Protocol.hasPorts(protocol)) {
                faults.add(path + "/destination-port", "needs the protocol: set protocol to tcp or udp");
            }
            rules.add(new Rule(
                    name,
                    network(path + "/from-network", false),
                    network(path + "/to-network", false),
                    prefix(path + "/source"),
                    prefix(path + "/destination"),
                    protocol,
                    ports,
                    action(path + "/action", Action.DROP)));
        }
        return rules;
    }

    private List<SourceNat> sourceNats() {
        List<SourceNat> nats = new ArrayList<>();
        for (String name : document.keys(ROOT + "/source-nat", "name")) {
            String path = ConfigPath.entry(ROOT + "/source-nat", "name", name);
            PortRange range = ports(path + "/port-range", SourceNat.DEFAULT_RANGE);
            if (range.first() == 0) {
                faults.add(path + "/port-range", "must not hold port 0: begin at 1024");
            }
            int blockSize = faults.read(
                    document,
                    path + "/block-size",
                    Math.min(SourceNat.DEFAULT_BLOCK_SIZE, range.size()),
                    FaultList.number(1, PortRange.PORT_MAX),
                    "a number of ports");
            if (blockSize > range.size()) {
                faults.add(path + "/block-size", "is larger than the range: use at most " + range.size());
            }
            SourceNat nat = new SourceNat(
                    name,
                    network(path + "/from-network", false),
                    network(path + "/to-network", true),
                    prefix(path + "/source"),
                    range,
                    blockSize);
            for (SourceNat other : nats) {
                boolean onePool = other.portRange().equals(range) && other.blockSize() == blockSize;
                if (other.toNetwork().equals(nat.toNetwork())
                        && other.portRange().overlaps(range)
                        && !onePool) {
                    faults.add(
                            path + "/port-range",
                            "overlaps with that of source-nat '" + other.name() + "' to the same network:"
                                    + " give both the same range and block size, or ranges without a common port");
                }
            }
            nats.add(nat);
        }
        return nats;
    }

    private List<DestinationNat> destinationNats() {
        List<DestinationNat> nats = new ArrayList<>();
        for (String name : document.keys(ROOT + "/destination-nat", "name")) {
            String path = ConfigPath.entry(ROOT + "/destination-nat", "name", name);
            int protocol = protocol(path, Protocol.TCP);
            if (!Protocol.hasPorts(protocol)) {
                faults.add(path + "/protocol", "has to be tcp or udp");
            }
            if (document.value(path + "/port-range").isEmpty()) {
                faults.add(path + "/port-range", "is missing: give " + PORT_FORM);
            }
            if (document.value(path + "/to-address").isEmpty()) {
                faults.add(path + "/to-address", "is missing: give the address of the host behind");
            }
            DestinationNat nat = new DestinationNat(
                    name,
                    network(path + "/network", true),
                    protocol,
                    ports(path + "/port-range", PortRange.ALL),
                    faults.read(
                            document, path + "/to-address", Ipv4Address.ANY, Ipv4Address::parse, "an IPv4 address"));
            if (networks.stream().anyMatch(n -> n.address().address().equals(nat.toAddress()))) {
                faults.add(path + "/to-address", "is a cluster address: give the address of a host behind");
            }
            for (DestinationNat other : nats) {
                if (other.network().equals(nat.network())
                        && other.protocol() == protocol
                        && other.portRange().overlaps(nat.portRange())) {
                    faults.add(path + "/port-range", "overlaps with destination-nat '" + other.name() + "'");
                }
            }
            nats.add(nat);
        }
        return nats;
    }

    private String network(String path, boolean required) {
        Optional<String> name = document.value(path);
        if (name.isPresent()
                && networks.stream().noneMatch(network -> network.name().equals(name.get()))) {
            faults.add(path, "there is no data network '" + name.get() + "': name one that is configured");
        }
        if (required && name.isEmpty()) {
            faults.add(path, "is missing: name a data network");
        }
        return name.orElse("");
    }

    private Ipv4Prefix prefix(String path) {
        return faults.read(
                document,
                path,
                Ipv4Prefix.ALL,
                text -> text.indexOf('/') < 0
                        ? Ipv4Address.parse(text).map(address -> new Ipv4Prefix(address, 32))
                        : Ipv4Prefix.parse(text),
                "an IPv4 prefix like 192.0.2.0/24");
    }

    private PortRange ports(String path, PortRange absent) {
        return faults.read(document, path, absent, PortRange::parse, PORT_FORM);
    }

    private Action action(String path, Action absent) {
        return faults.read(document, path, absent, ClusterConfigParser.oneOf(ACTIONS), "accept or drop");
    }

    private int protocol(String path, int absent) {
        return faults.read(
                document,
                path + "/protocol",
                absent,
                text -> {
                    OptionalInt number = Protocol.parse(text);
                    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
                },
                "tcp, udp, icmp, esp, ah, any or a number of 0 to 255");
    }
}
