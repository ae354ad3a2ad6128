package net.testudo.element.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ClusterConfig.LocalAccess;
import net.testudo.element.config.PolicyConfig.DestinationNat;
import net.testudo.element.config.PolicyConfig.SourceNat;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.PortRange;
import net.testudo.element.resource.LeasePool;

/// Which translation applies to a flow, and the pools of ports that translations draw from.
final class NatTable {
    private final RouteTable routes;
    private final List<SourceNat> sourceNats;
    private final int[] sourceFrom;
    private final int[] sourceTo;
    private final int[] sourcePool;
    private final List<DestinationNat> destinationNats;
    private final int[] destinationNetwork;
    private final List<LeasePool> pools = new ArrayList<>();

    NatTable(ClusterConfig config, RouteTable routes) {
        this.routes = routes;
        sourceNats = config.policy().sourceNats();
        destinationNats = config.policy().destinationNats();
        sourceFrom = sourceNats.stream()
                .mapToInt(nat -> config.networkIndex(nat.fromNetwork()))
                .toArray();
        sourceTo = sourceNats.stream()
                .mapToInt(nat -> config.networkIndex(nat.toNetwork()))
                .toArray();
        destinationNetwork = destinationNats.stream()
                .mapToInt(nat -> config.networkIndex(nat.network()))
                .toArray();
        sourcePool = new int[sourceNats.size()];
        for (int i = 0; i < sourcePool.length; i++) {
            SourceNat nat = sourceNats.get(i);
            List<PortRange> excluded = excluded(config, nat.toNetwork());
            excluded.add(Policy.HOSTOUT_RANGE);
            sourcePool[i] = poolIndex(pool(sourceTo[i], nat.portRange(), nat.blockSize(), excluded));
        }
    }

    List<LeasePool> pools() {
        return List.copyOf(pools);
    }

    /// The address of the host behind, or 0 if there is none.
    int destination(int fromNetwork, long selectors) {
        int port = FlowKey.destinationPort(selectors);
        for (int i = 0; i < destinationNetwork.length; i++) {
            DestinationNat nat = destinationNats.get(i);
            if (destinationNetwork[i] == fromNetwork
                    && nat.protocol() == FlowKey.protocol(selectors)
                    && nat.portRange().contains(port)) {
                return nat.toAddress().bits();
            }
        }
        return 0;
    }

    /// The pool of the first source NAT that applies, or [Policy#NO_POOL].
    int source(int fromNetwork, int toNetwork, int source) {
        for (int i = 0; i < sourceTo.length; i++) {
            if (sourceTo[i] == toNetwork
                    && (sourceFrom[i] == RouteTable.NONE || sourceFrom[i] == fromNetwork)
                    && sourceNats.get(i).source().contains(source)) {
                return sourcePool[i];
            }
        }
        return Policy.NO_POOL;
    }

    /// Ports of a network's cluster address that mean something else: destination NAT and local services.
    private static List<PortRange> excluded(ClusterConfig config, String network) {
        List<PortRange> excluded = new ArrayList<>();
        for (DestinationNat nat : config.policy().destinationNats()) {
            if (nat.network().equals(network)) {
                excluded.add(nat.portRange());
            }
        }
        for (LocalAccess access : config.localAccess()) {
            int port = access.service().port();
            if (port != 0) {
                excluded.add(new PortRange(port, port));
            }
        }
        return excluded;
    }

    private LeasePool pool(int network, PortRange range, int blockSize, List<PortRange> excluded) {
        int line = routes.addressOn(network);
        List<LeasePool.Range> ranges = new ArrayList<>();
        int next = range.first();
        excluded.sort(Comparator.comparingInt(PortRange::first));
        for (PortRange hole : excluded) {
            if (hole.overlaps(range)) {
                if (hole.first() > next) {
                    ranges.add(new LeasePool.Range(next, hole.first() - 1));
                }
                next = Math.max(next, hole.last() + 1);
            }
        }
        if (next <= range.last()) {
            ranges.add(new LeasePool.Range(next, range.last()));
        }
        return new LeasePool(line, ranges, blockSize);
    }

    /// Translations that share a pool have the same one.
    private int poolIndex(LeasePool pool) {
        int known = pools.indexOf(pool);
        if (known >= 0) {
            return known;
        }
        pools.add(pool);
        return pools.size() - 1;
    }
}
