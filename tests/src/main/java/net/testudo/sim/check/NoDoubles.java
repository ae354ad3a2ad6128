package net.testudo.sim.check;

import java.util.HashMap;
import java.util.Map;
import net.testudo.sim.traffic.TaggedPacket;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimPort;

/// A packet leaves the cluster at most as often as the network delivered it, so once if nothing doubled it on its way
/// there.
public final class NoDoubles implements Observer {
    private static final class Passage {
        int in;
        int out;
    }

    private final Map<Integer, Passage> passages = new HashMap<>();
    private long passed;

    /// How many packets left the cluster.
    public long passed() {
        return passed;
    }

    @Override
    public void onReceive(SimDevice device, SimPort port, byte[] frame) {
        TaggedPacket packet = port == device.clusterPort() ? null : TaggedPacket.of(frame);
        if (packet != null) {
            passage(packet).in++;
        }
    }

    @Override
    public void onSend(SimDevice device, SimPort port, byte[] frame) {
        TaggedPacket packet = port == device.clusterPort() ? null : TaggedPacket.of(frame);
        if (packet == null) {
            return;
        }
        passed++;
        Passage passage = passage(packet);
        passage.out++;
        if (passage.out > passage.in) {
            throw new Violation(
                    "no-doubles",
                    device + " sends " + packet.path() + " of " + packet.tag() + ", which came " + passage.in
                            + " times and leaves for the " + passage.out + ". time");
        }
    }

    private Passage passage(TaggedPacket packet) {
        return passages.computeIfAbsent(packet.tag().transmission(), _ -> new Passage());
    }
}
