package net.testudo.element.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ClusterConfig.DataNetwork;
import net.testudo.element.config.ClusterConfig.LocalAccess;
import net.testudo.element.config.PolicyConfig.DestinationNat;
import net.testudo.element.config.PolicyConfig.Rule;
import net.testudo.element.config.PolicyConfig.SourceNat;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Ipv4Prefix;
import net.testudo.element.net.PortRange;
import net.testudo.element.net.Protocol;
import net.testudo.element.wire.cluster.FlowProbe;
import net.testudo.element.wire.cluster.ProbeVerdict;

/// Packets by which the policy in force is looked at: for each rule one that meets it and one right beside it, for each
/// translation and local service one that needs it, and between each two networks, and beyond them, one that nothing is
/// said of. The same configuration gives the same packets.
public final class PolicyProbes {
    /// How many there are at most; of a larger policy every n-th rule is looked at.
    public static final int PROBES_MAX = 512;

    private static final int SOURCE_PORT = 1024;
    /// The discard service (RFC 863): nobody means it.
    private static final int OTHER_PORT = 9;
    /// 198.18.0.1, for measurements (RFC 2544): beyond a gateway.
    private static final int FAR_ADDRESS = 198 << 24 | 18 << 16 | 1;
    /// Prefixes so long have no network address of their own (RFC 3021).
    private static final int SINGLE_BITS = 31;

    private static final int RULES_MAX = PROBES_MAX / 4;

    private final ClusterConfig config;
    private final SequencedSet<FlowProbe> probes = new LinkedHashSet<>();

    private PolicyProbes(ClusterConfig config) {
        this.config = config;
    }

    /// The packets for a configuration, in a fixed order.
    public static List<FlowProbe> of(ClusterConfig config) {
        PolicyProbes made = new PolicyProbes(config);
        made.betweenNetworks();
        config.policy().destinationNats().forEach(made::destinationNat);
        config.policy().sourceNats().forEach(made::sourceNat);
        config.localAccess().forEach(made::localAccess);
        List<Rule> rules = config.policy().rules();
        int step = 1 + rules.size() / (RULES_MAX + 1);
        for (int i = 0; i < rules.size(); i += step) {
            made.rule(rules.get(i));
        }
        return made.probes.stream().limit(PROBES_MAX).toList();
    }

    /// What a policy decides about a packet. Allocates.
    public static ProbeVerdict verdict(Policy policy, FlowProbe probe) {
        FlowDecision decision = new FlowDecision();
        policy.decide(probe.network(), probe.addresses(), probe.selectors(), decision);
        long way = ((long) decision.toNetwork() << 32) ^ (decision.nextHop() & 0xffff_ffffL);
        long rest = FlowKey.hash(decision.translatedAddresses(), decision.translatedSelectors())
                ^ FlowKey.hash(way, decision.pool());
        return new ProbeVerdict(decision.verdict().number(), decision.rule(), rest);
    }

    private void betweenNetworks() {
        for (int from = 0; from < config.networks().size(); from++) {
            for (DataNetwork to : config.networks()) {
                add(from, host(network(from)), host(to.address()), Protocol.UDP, OTHER_PORT);
            }
            add(from, host(network(from)), FAR_ADDRESS, Protocol.UDP, OTHER_PORT);
        }
    }

    private void destinationNat(DestinationNat nat) {
        int from = config.networkIndex(nat.network());
        int cluster = network(from).address().bits();
        add(from, host(network(from)), cluster, nat.protocol(), nat.portRange().first());
        beside(from, host(network(from)), cluster, nat.protocol(), nat.portRange());
    }

    private void sourceNat(SourceNat nat) {
        int to = config.networkIndex(nat.toNetwork());
        int source = inside(nat.source(), nat.fromNetwork(), 0);
        add(from(source), source, host(network(to)), Protocol.UDP, OTHER_PORT);
    }

    private void localAccess(LocalAccess access) {
        for (int from = 0; from < config.networks().size(); from++) {
            int cluster = network(from).address().bits();
            int source = host(network(from));
            add(
                    from,
                    source,
                    cluster,
                    access.service().protocol(),
                    access.service().port());
        }
    }

    private void rule(Rule rule) {
        int source = inside(rule.source(), rule.fromNetwork(), 0);
        int elsewhere = (from(source) + 1) % config.networks().size();
        int destination = inside(rule.destination(), rule.toNetwork(), elsewhere);
        int protocol = rule.protocol() == Protocol.ANY ? Protocol.TCP : rule.protocol();
        boolean anyPort = rule.destinationPort().equals(PortRange.ALL);
        int port = anyPort ? OTHER_PORT : rule.destinationPort().first();
        add(from(source), source, destination, protocol, port);
        if (anyPort) {
            int other = protocol == Protocol.TCP ? Protocol.UDP : Protocol.TCP;
            add(from(source), source, destination, other, port);
        } else {
            beside(from(source), source, destination, protocol, rule.destinationPort());
        }
    }

    /// The ends of a range, and what is right behind them.
    private void beside(int from, int source, int destination, int protocol, PortRange range) {
        add(from, source, destination, protocol, range.last());
        add(from, source, destination, protocol, Math.min(range.last() + 1, PortRange.PORT_MAX));
    }

    private void add(int from, int source, int destination, int protocol, int port) {
        int ports = Protocol.hasPorts(protocol) ? FlowKey.ports(SOURCE_PORT, port) : 0;
        probes.add(new FlowProbe(from, FlowKey.addresses(source, destination), FlowKey.selectors(protocol, ports)));
    }

    /// An address of `prefix`, of a host of the network if the prefix leaves that open.
    ///
    /// @param network its name, empty for any
    /// @param unlessNamed index of the network that is taken for any
    private int inside(Ipv4Prefix prefix, String network, int unlessNamed) {
        int named = config.networkIndex(network);
        Ipv4Prefix own = network(named < 0 ? unlessNamed : named);
        if (prefix.lengthBits() <= own.lengthBits() && prefix.contains(own.address())) {
            return host(own);
        }
        return prefix.lengthBits() >= SINGLE_BITS ? prefix.network().bits() : host(prefix);
    }

    /// The first or second host: not the address that the prefix is written with, which is the cluster's.
    private static int host(Ipv4Prefix prefix) {
        int first = prefix.network().bits() + 1;
        return first == prefix.address().bits() ? first + 1 : first;
    }

    private Ipv4Prefix network(int index) {
        return config.networks().get(index).address();
    }

    /// The network from which a source address is believed.
    private int from(int source) {
        return Math.max(0, new RouteTable(config.networks()).network(source));
    }
}
