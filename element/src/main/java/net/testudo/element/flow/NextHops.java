package net.testudo.element.flow;

import java.util.function.IntConsumer;

/// Next hops in a table of flows.
final class NextHops {
    private NextHops() {}

    /// Gives flows that leave on `network` towards `oldMac` the next hop `newMac`.
    ///
    /// @param changed gets the slot of each flow that changed
    static void replace(FlowTable table, int network, long oldMac, long newMac, IntConsumer changed) {
        for (int slot = 0; slot < table.highWater(); slot++) {
            for (int direction = 0; direction < 2; direction++) {
                if (table.isUsed(slot)
                        && table.mac(slot, direction) == oldMac
                        && DirectionKey.network(table.ports(slot, 1 - direction)) == network) {
                    table.setMac(slot, direction, newMac);
                    changed.accept(slot);
                }
            }
        }
    }
}
