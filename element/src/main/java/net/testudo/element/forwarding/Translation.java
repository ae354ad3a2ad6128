package net.testudo.element.forwarding;

import net.testudo.element.flow.DirectionKey;
import net.testudo.element.flow.FlowTable;
import net.testudo.element.net.FlowKey;
import net.testudo.element.wire.FrameFlyweight;

/// Rewrites packets as the two keys of their flow say: what leaves is the other key, seen from the other side.
final class Translation {
    private Translation() {}

    /// Rewrites a packet of this direction.
    static void apply(FlowTable table, int slot, int direction, FrameFlyweight frame) {
        long inAddresses = table.addresses(slot, direction);
        long inSelectors = DirectionKey.selectors(table.ports(slot, direction));
        long outAddresses = FlowKey.reverseAddresses(table.addresses(slot, 1 - direction));
        long outSelectors = FlowKey.reverseSelectors(DirectionKey.selectors(table.ports(slot, 1 - direction)));
        if (inAddresses == outAddresses && inSelectors == outSelectors) {
            return;
        }
        if (frame.isIcmpError()) {
            error(frame, inAddresses, outAddresses, outSelectors);
            return;
        }
        if (FlowKey.source(inAddresses) != FlowKey.source(outAddresses)
                || FlowKey.sourcePort(inSelectors) != FlowKey.sourcePort(outSelectors)) {
            frame.rewriteSource(FlowKey.source(outAddresses), FlowKey.sourcePort(outSelectors));
        }
        if (FlowKey.destination(inAddresses) != FlowKey.destination(outAddresses)
                || FlowKey.destinationPort(inSelectors) != FlowKey.destinationPort(outSelectors)) {
            frame.rewriteDestination(FlowKey.destination(outAddresses), FlowKey.destinationPort(outSelectors));
        }
    }

    /// An error travels like the packets of this direction and quotes one of the other; who reported it may be the
    /// far end itself or a router before it.
    private static void error(FrameFlyweight frame, long inAddresses, long outAddresses, long outSelectors) {
        int reporter = frame.ipv4().source();
        frame.quote().rewriteSource(FlowKey.destination(outAddresses), FlowKey.destinationPort(outSelectors));
        frame.quote().rewriteDestination(FlowKey.source(outAddresses), FlowKey.sourcePort(outSelectors));
        frame.ipv4().destination(FlowKey.destination(outAddresses));
        if (reporter == FlowKey.source(inAddresses)) {
            frame.ipv4().source(FlowKey.source(outAddresses));
        }
        frame.icmp().refreshChecksum();
    }
}
