package net.testudo.element.flow;

/// What the parts of a [FlowNode] share.
///
/// @param boot id of this process
/// @param seed of hashes and of the strategy `random`
record FlowContext(
        ServingView view,
        FlowTransport transport,
        FlowLink link,
        FlowDelivery delivery,
        FlowObserver observer,
        FlowLimits limits,
        FlowCounters counters,
        long boot,
        long seed) {}
