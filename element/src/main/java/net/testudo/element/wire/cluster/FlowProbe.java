package net.testudo.element.wire.cluster;

/// The first packet of a flow that is only asked about.
///
/// @param network on which it would arrive, by its place in the configuration
/// @param addresses of the packet, as in [net.testudo.element.net.FlowKey]
/// @param selectors of the packet, as in [net.testudo.element.net.FlowKey]
public record FlowProbe(int network, long addresses, long selectors) {
    void emit(OctetWriter out) {
        out.u8(network).i64(addresses).i64(selectors);
    }

    static FlowProbe parse(OctetReader in) {
        return new FlowProbe(in.u8(), in.i64(), in.i64());
    }
}
