package net.testudo.sim.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// One Ethernet network: a learning switch whose paths can be cut, slow down, lose, double and reorder frames.
public final class SimNetwork {
    private static final long AGEING_NS = 300_000_000_000L;
    private static final long GROUP_BIT = 1L << 40;

    private record Learned(int attachment, long atNs) {}

    private final String name;
    private final EventQueue queue;
    private final RandomGenerator random;
    private final List<Attachment> attachments = new ArrayList<>();
    private final Map<Long, Learned> learned = new HashMap<>();
    private final Links links;
    private final long[][] lastArrivalNs;
    private Conditions conditions = Conditions.CALM;
    private boolean hub;

    SimNetwork(String name, EventQueue queue, RandomGenerator random, int attachmentsMax) {
        this.name = name;
        this.queue = queue;
        this.random = random;
        this.links = new Links(attachmentsMax);
        this.lastArrivalNs = new long[attachmentsMax][attachmentsMax];
    }

    /// `cluster`, `outside` or `inside`.
    public String name() {
        return name;
    }

    /// The ways that are open; a change takes effect at once, frames under way still arrive.
    public Links links() {
        return links;
    }

    /// Sets how frames are treated from now on.
    public void setConditions(Conditions conditions) {
        this.conditions = conditions;
    }

    /// Makes it send every frame to everybody (true), or learn where addresses are (false).
    public void setHub(boolean isHub) {
        hub = isHub;
    }

    int attach(Attachment attachment) {
        attachments.add(attachment);
        return attachments.size() - 1;
    }

    /// Carries one frame of `from`; the array is kept and must not change any more.
    void transmit(int from, byte[] frame) {
        long destination = Frames.destination(frame);
        learned.put(Frames.source(frame), new Learned(from, queue.nowNs()));
        Learned known = hub || (destination & GROUP_BIT) != 0 ? null : learned.get(destination);
        if (known != null && queue.nowNs() - known.atNs < AGEING_NS) {
            carry(from, known.attachment, frame);
            return;
        }
        for (int to = 0; to < attachments.size(); to++) {
            carry(from, to, frame);
        }
    }

    private void carry(int from, int to, byte[] frame) {
        if (from == to || !links.open(from, to)) {
            return;
        }
        int copies = conditions.duplicate() > 0 && random.nextDouble() < conditions.duplicate() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (conditions.loss() == 0 || random.nextDouble() >= conditions.loss()) {
                queue.at(arrivalNs(from, to), () -> attachments.get(to).deliver(frame));
            }
        }
    }

    private long arrivalNs(int from, int to) {
        long atNs = queue.nowNs() + conditions.delayNs(random);
        if (conditions.reorder() > 0 && random.nextDouble() < conditions.reorder()) {
            return atNs;
        }
        long inOrderNs = Math.max(atNs, lastArrivalNs[from][to] + 1);
        lastArrivalNs[from][to] = inOrderNs;
        return inOrderNs;
    }
}
