package net.testudo.element.policy;

import java.util.List;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ClusterConfig.LocalAccess;
import net.testudo.element.config.LocalService;
import net.testudo.element.config.PolicyConfig.Action;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.PortRange;
import net.testudo.element.net.Protocol;
import net.testudo.element.resource.LeasePool;
import org.jspecify.annotations.Nullable;

/// The policy of one revision, compiled. Networks are numbered by their place in the configuration.
///
/// Source addresses are matched as sent, destination addresses after destination NAT.
public final class Policy {
    /// No rule decided.
    public static final int NO_RULE = -1;
    /// No pool.
    public static final int NO_POOL = -1;
    /// Source ports of what the devices themselves send from a cluster address (RES-07, RES-08); no source NAT
    /// uses them.
    public static final PortRange HOSTOUT_RANGE = new PortRange(10_240, 16_383);

    private static final int CLASS_D = 0xe;
    private static final int LOOPBACK = 127;

    private final RouteTable routes;
    private final RuleTable rules;
    private final NatTable nats;
    private final boolean acceptByDefault;
    private final LocalService[] services;
    /// For each of the services, one bit for each network it may be reached from.
    private final int[] access;

    private Policy(ClusterConfig config) {
        routes = new RouteTable(config.networks());
        rules = new RuleTable(
                config.policy().rules(), name -> name.isEmpty() ? RouteTable.NONE : config.networkIndex(name));
        nats = new NatTable(config, routes);
        acceptByDefault = config.policy().defaultAction() == Action.ACCEPT;
        services = config.localAccess().stream().map(LocalAccess::service).toArray(LocalService[]::new);
        access = config.localAccess().stream()
                .mapToInt(local -> networkBits(config, local.networks()))
                .toArray();
    }

    /// Compiles the policy of a configuration.
    public static Policy compile(ClusterConfig config) {
        return new Policy(config);
    }

    /// Which network leads where.
    public RouteTable routes() {
        return routes;
    }

    /// The pools of ports of source NAT.
    public List<LeasePool> pools() {
        return nats.pools();
    }

    /// The local service that a packet to the cluster address of the network it came from reaches, or null if it
    /// reaches none from there. Of ICMP, echo requests are meant.
    public @Nullable LocalService localService(int fromNetwork, long selectors) {
        int protocol = FlowKey.protocol(selectors);
        for (int i = 0; i < services.length; i++) {
            LocalService service = services[i];
            if (service.protocol() == protocol
                    && (service.port() == 0 || service.port() == FlowKey.destinationPort(selectors))
                    && (access[i] >>> fromNetwork & 1) != 0) {
                return service;
            }
        }
        return null;
    }

    /// Decides about the first packet of a flow. Where a local service and a destination NAT claim the same port,
    /// the service has it.
    ///
    /// @param fromNetwork number of the network it came from
    /// @param addresses of the packet, as in [FlowKey]
    /// @param selectors of the packet, as in [FlowKey]
    /// @param decision is filled
    public void decide(int fromNetwork, long addresses, long selectors, FlowDecision decision) {
        decision.begin(addresses, selectors);
        int source = FlowKey.source(addresses);
        int destination = FlowKey.destination(addresses);
        if (routes.network(source) != fromNetwork
                || routes.clusterAddress(source) != RouteTable.NONE
                || isNoHost(source)
                || routes.isBroadcast(source)) {
            decision.verdict(Verdict.DROP_SPOOFED);
            return;
        }
        if (isNoHost(destination) || routes.isBroadcast(destination)) {
            decision.verdict(Verdict.DROP_NOT_A_HOST);
            return;
        }
        int cluster = routes.clusterAddress(destination);
        if (cluster != RouteTable.NONE && !behindCluster(cluster, fromNetwork, selectors, decision)) {
            return;
        }
        decideForwarding(fromNetwork, decision);
    }

    /// Whether a packet to a cluster address is for a host behind; else the decision is made.
    private boolean behindCluster(int cluster, int fromNetwork, long selectors, FlowDecision decision) {
        LocalService service = cluster == fromNetwork ? localService(fromNetwork, selectors) : null;
        if (service != null) {
            decision.local(service);
            return false;
        }
        int behind = cluster == fromNetwork ? nats.destination(fromNetwork, selectors) : 0;
        if (behind == 0) {
            decision.verdict(Verdict.DROP_LOCAL);
            return false;
        }
        decision.translateDestination(behind);
        return true;
    }

    private void decideForwarding(int fromNetwork, FlowDecision decision) {
        int source = FlowKey.source(decision.originalAddresses());
        int destination = FlowKey.destination(decision.translatedAddresses());
        int toNetwork = routes.network(destination);
        if (toNetwork == RouteTable.NONE) {
            decision.verdict(Verdict.DROP_NO_ROUTE);
            return;
        }
        decision.leaves(toNetwork, routes.nextHop(destination));
        int rule = rules.match(fromNetwork, toNetwork, decision.translatedAddresses(), decision.translatedSelectors());
        decision.rule(rule);
        if (rule == NO_RULE ? !acceptByDefault : !rules.accepts(rule)) {
            decision.verdict(rule == NO_RULE ? Verdict.DROP_DEFAULT : Verdict.DROP_RULE);
            return;
        }
        int pool = nats.source(fromNetwork, toNetwork, source);
        if (pool == NO_POOL) {
            decision.verdict(Verdict.FORWARD);
        } else if (isTranslatable(decision.originalSelectors())) {
            decision.translateSourceFrom(pool, routes.addressOn(toNetwork));
        } else {
            decision.verdict(Verdict.DROP_UNTRANSLATABLE);
        }
    }

    private static boolean isTranslatable(long selectors) {
        int protocol = FlowKey.protocol(selectors);
        return Protocol.hasPorts(protocol) || protocol == Protocol.ICMP;
    }

    private static int networkBits(ClusterConfig config, List<String> networks) {
        return networks.stream()
                .map(config::networkIndex)
                .map(network -> 1 << network)
                .reduce(0, (bits, bit) -> bits | bit);
    }

    private static boolean isNoHost(int address) {
        int first = address >>> 24;
        return first == 0 || first == LOOPBACK || address >>> 28 >= CLASS_D;
    }
}
