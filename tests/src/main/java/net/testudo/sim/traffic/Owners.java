package net.testudo.sim.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.testudo.element.flow.FlowRecord;
import net.testudo.element.flow.FlowStatus;
import net.testudo.element.flow.FlowTable;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;

/// Which devices carry a conversation, as their own tables say.
public final class Owners {
    private Owners() {}

    /// The devices that may forward packets of the conversation now.
    public static List<SimDevice> of(SimWorld world, Conversation conversation) {
        List<SimDevice> owners = new ArrayList<>();
        for (SimDevice device : world.devices()) {
            FlowTable table = device.carriedFlows();
            for (int slot = 0; table != null && slot < table.highWater(); slot++) {
                if (table.isUsed(slot)
                        && table.status(slot) != FlowStatus.ENDED
                        && isOf(table.get(slot), conversation)) {
                    owners.add(device);
                }
            }
        }
        return owners;
    }

    /// The same in words.
    public static String describe(SimWorld world, Conversation conversation) {
        List<SimDevice> owners = of(world, conversation);
        return owners.isEmpty()
                ? "nobody"
                : owners.stream().map(SimDevice::toString).collect(Collectors.joining(" and "));
    }

    private static boolean isOf(FlowRecord flow, Conversation conversation) {
        return flow.forward().network() == conversation.fromNetwork()
                && flow.forward().key().protocol() == conversation.protocol().number()
                && flow.forward().key().sourcePort() == conversation.port();
    }
}
