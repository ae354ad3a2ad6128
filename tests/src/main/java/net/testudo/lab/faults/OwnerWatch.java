package net.testudo.lab.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.testudo.lab.faults.WireFrame.Flow;

/// Who sends the packets of each flow into one data network. A flow moves when its owner fails; its former owner never
/// sends again within a moment: that would be two owners. Frames come in the order of their times.
final class OwnerWatch {
    /// Shorter than any way back: that takes another failure, its detection and an assignment.
    static final long MOMENT_NS = 20_000_000;

    private static final int FLOW_COUNT_MAX = 1 << 16;

    private final String network;
    private final List<String> broken = new ArrayList<>();
    private final Map<Flow, Owner> owners = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Flow, Owner> eldest) {
            return size() > FLOW_COUNT_MAX;
        }
    };
    private long moves;

    private static final class Owner {
        int device;
        int former;
        long sinceNs;
    }

    OwnerWatch(String network) {
        this.network = network;
    }

    /// A device has sent a packet of a flow.
    void onPacket(int sender, long timeNs, Flow flow) {
        Owner owner = owners.computeIfAbsent(flow, _ -> new Owner());
        if (owner.device == sender) {
            return;
        }
        if (owner.former == sender && timeNs - owner.sinceNs < MOMENT_NS) {
            broken.add("%s: %s left device %d, then %d, and %d again %.3f ms later, at %d.%09d"
                    .formatted(
                            network,
                            flow,
                            sender,
                            owner.device,
                            sender,
                            (timeNs - owner.sinceNs) / 1e6,
                            timeNs / 1_000_000_000,
                            timeNs % 1_000_000_000));
        }
        if (owner.device != 0) {
            moves++;
        }
        owner.former = owner.device;
        owner.device = sender;
        owner.sinceNs = timeNs;
    }

    /// How often a flow came from another device than before.
    long moves() {
        return moves;
    }

    /// What was broken since the last call.
    List<String> takeBroken() {
        List<String> taken = List.copyOf(broken);
        broken.clear();
        return taken;
    }
}
