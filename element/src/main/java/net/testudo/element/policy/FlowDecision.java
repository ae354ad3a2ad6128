package net.testudo.element.policy;

import net.testudo.element.config.LocalService;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Protocol;
import org.jspecify.annotations.Nullable;

/// What a [Policy] decided about a new flow, with the keys of both directions. One instance is filled again and
/// again; nothing is allocated.
///
/// ```
///  original    initiator -> cluster    packets of the initiator as they arrive
///  translated  cluster -> responder    the same packets as they leave
///  reply       responder -> cluster    reverse of translated: replies as they arrive;
///                                      they leave as the reverse of original
/// ```
public final class FlowDecision {
    private Verdict verdict = Verdict.DROP_DEFAULT;
    private int rule = Policy.NO_RULE;
    private int toNetwork = RouteTable.NONE;
    private int nextHop;
    private int pool = Policy.NO_POOL;
    private int poolAddress;
    private long originalAddresses;
    private long originalSelectors;
    private long translatedAddresses;
    private long translatedSelectors;
    private @Nullable LocalService service;

    /// A decision that is not made yet.
    public FlowDecision() {}

    void begin(long addresses, long selectors) {
        verdict = Verdict.DROP_DEFAULT;
        rule = Policy.NO_RULE;
        toNetwork = RouteTable.NONE;
        nextHop = 0;
        pool = Policy.NO_POOL;
        poolAddress = 0;
        originalAddresses = addresses;
        originalSelectors = selectors;
        translatedAddresses = addresses;
        translatedSelectors = selectors;
        service = null;
    }

    void verdict(Verdict decided) {
        verdict = decided;
    }

    void rule(int index) {
        rule = index;
    }

    void leaves(int network, int neighbour) {
        toNetwork = network;
        nextHop = neighbour;
    }

    void local(LocalService reached) {
        verdict = Verdict.LOCAL;
        service = reached;
    }

    void translateDestination(int address) {
        translatedAddresses = FlowKey.addresses(FlowKey.source(originalAddresses), address);
    }

    void translateSourceFrom(int poolIndex, int address) {
        verdict = Verdict.FORWARD_SOURCE_NAT;
        pool = poolIndex;
        poolAddress = address;
    }

    /// Completes a decision of [Verdict#FORWARD_SOURCE_NAT] with the source port, or ICMP identifier, that was
    /// allocated from [#pool].
    public void sourcePort(int port) {
        int protocol = FlowKey.protocol(translatedSelectors);
        int other = protocol == Protocol.ICMP ? port : FlowKey.destinationPort(translatedSelectors);
        translatedAddresses = FlowKey.addresses(poolAddress, FlowKey.destination(translatedAddresses));
        translatedSelectors = FlowKey.selectors(protocol, FlowKey.ports(port, other));
    }

    /// What becomes of the flow.
    public Verdict verdict() {
        return verdict;
    }

    /// Place of the rule that decided, or [Policy#NO_RULE] if none did.
    public int rule() {
        return rule;
    }

    /// Number of the network it leaves on, if it is forwarded.
    public int toNetwork() {
        return toNetwork;
    }

    /// Address of the neighbour to which its packets are handed, if it is forwarded.
    public int nextHop() {
        return nextHop;
    }

    /// Place in [Policy#pools] of the pool that gives the source port, or [Policy#NO_POOL].
    public int pool() {
        return pool;
    }

    /// The local service, if the verdict is LOCAL.
    public @Nullable LocalService service() {
        return service;
    }

    /// Whether any packet of the flow is translated.
    public boolean translates() {
        return translatedAddresses != originalAddresses || translatedSelectors != originalSelectors;
    }

    /// Addresses of the initiator's packets as they arrive.
    public long originalAddresses() {
        return originalAddresses;
    }

    /// Selectors of the initiator's packets as they arrive.
    public long originalSelectors() {
        return originalSelectors;
    }

    /// Addresses of the initiator's packets as they leave; complete only after [#sourcePort] if a pool is named.
    public long translatedAddresses() {
        return translatedAddresses;
    }

    /// Selectors of the initiator's packets as they leave; complete only after [#sourcePort] if a pool is named.
    public long translatedSelectors() {
        return translatedSelectors;
    }

    /// Addresses of the replies as they arrive.
    public long replyAddresses() {
        return FlowKey.reverseAddresses(translatedAddresses);
    }

    /// Selectors of the replies as they arrive.
    public long replySelectors() {
        return FlowKey.reverseSelectors(translatedSelectors);
    }
}
