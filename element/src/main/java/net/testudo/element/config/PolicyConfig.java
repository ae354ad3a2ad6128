package net.testudo.element.config;

import java.util.List;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.Ipv4Prefix;
import net.testudo.element.net.PortRange;

/// The security policy of a cluster: what is forwarded, how it is translated, who carries it.
///
/// A network is given by its name; the empty string stands for any network.
///
/// @param rules in order; the first one that matches decides
/// @param defaultAction if none matches
/// @param sourceNats in order; the first one that matches translates
/// @param destinationNats disjoint
/// @param strategy how a device is chosen for a new flow (FLW-08)
public record PolicyConfig(
        List<Rule> rules,
        Action defaultAction,
        List<SourceNat> sourceNats,
        List<DestinationNat> destinationNats,
        AssignmentStrategy strategy) {

    /// Nothing is forwarded.
    public static final PolicyConfig DROP_ALL =
            new PolicyConfig(List.of(), Action.DROP, List.of(), List.of(), AssignmentStrategy.ROUND_ROBIN);

    /// What becomes of a new flow.
    public enum Action {
        /// It is forwarded.
        ACCEPT,
        /// Its packets are discarded without an answer.
        DROP
    }

    /// How a device is chosen for a new flow.
    public enum AssignmentStrategy {
        /// One after the other.
        ROUND_ROBIN,
        /// The one with the fewest flows.
        LEAST_FLOWS,
        /// By chance.
        RANDOM
    }

    /// A rule. It matches a new flow if all its conditions do.
    ///
    /// @param name unique
    /// @param fromNetwork on which the first packet arrives, empty for any
    /// @param toNetwork on which it leaves, empty for any
    /// @param source prefix of the source address
    /// @param destination prefix of the destination address, after destination NAT
    /// @param protocol number, or [net.testudo.element.net.Protocol#ANY]
    /// @param destinationPort range of the destination port; matches protocols without ports only if it is
    /// [PortRange#ALL]
    /// @param action what becomes of the flow
    public record Rule(
            String name,
            String fromNetwork,
            String toNetwork,
            Ipv4Prefix source,
            Ipv4Prefix destination,
            int protocol,
            PortRange destinationPort,
            Action action) {}

    /// A source NAT: flows get the cluster address of the network they leave on, and a port of a pool (RES-04).
    ///
    /// @param name unique
    /// @param fromNetwork on which the first packet arrives, empty for any
    /// @param toNetwork on which it leaves
    /// @param source prefix of the source address
    /// @param portRange of the pool; translations to the same network share the pool by having the same range and
    /// block size, or have disjoint ranges
    /// @param blockSize ports that the master grants to a device at a time
    public record SourceNat(
            String name, String fromNetwork, String toNetwork, Ipv4Prefix source, PortRange portRange, int blockSize) {
        /// The pool unless configured.
        public static final PortRange DEFAULT_RANGE = new PortRange(16_384, PortRange.PORT_MAX);
        /// The block unless configured.
        public static final int DEFAULT_BLOCK_SIZE = 512;
    }

    /// A destination NAT: flows to the cluster address of a network and these ports go to a host behind.
    ///
    /// @param name unique
    /// @param network on which the flows arrive
    /// @param protocol TCP or UDP
    /// @param portRange destination ports; they are kept
    /// @param toAddress of the host
    public record DestinationNat(
            String name, String network, int protocol, PortRange portRange, Ipv4Address toAddress) {}

    /// Keeps its own copies of the lists.
    public PolicyConfig {
        rules = List.copyOf(rules);
        sourceNats = List.copyOf(sourceNats);
        destinationNats = List.copyOf(destinationNats);
    }
}
