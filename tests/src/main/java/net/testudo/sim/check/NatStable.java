package net.testudo.sim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.testudo.sim.traffic.Protocol;
import net.testudo.sim.traffic.TaggedPacket;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimPort;

/// What the far side sees of an established flow never changes, and no two flows that go on have one translated
/// address and port in turns. TCP is established when its first message was answered. A datagram opens its flow anew if
/// all that knew it are gone, perhaps with the port of another one; that is forbidden only while [#demandDatagrams]
/// holds.
public final class NatStable implements Observer {
    private record Ends(int source, int sourcePort, int destination, int destinationPort) {}

    private record Direction(int flow, boolean isAnswer) {}

    private record Origin(Protocol protocol, Ends ends) {}

    private final Map<Direction, Ends> seen = new HashMap<>();
    private final Map<Origin, Integer> holders = new HashMap<>();
    private final Map<Origin, Set<Integer>> former = new HashMap<>();
    private boolean strict;
    private int changes;

    /// Whether a datagram's translation may not change either.
    public void demandDatagrams(boolean isDemanded) {
        strict = isDemanded;
    }

    /// How often a flow was opened anew with another translation.
    public int changes() {
        return changes;
    }

    @Override
    public void onSend(SimDevice device, SimPort port, byte[] frame) {
        TaggedPacket packet = port == device.clusterPort() ? null : TaggedPacket.of(frame);
        if (packet == null) {
            return;
        }
        if (!TaggedPacket.isIntact(frame)) {
            throw new Violation("nat-stable", device + " sends a wrong checksum: " + packet);
        }
        Ends ends = new Ends(packet.source(), packet.sourcePort(), packet.destination(), packet.destinationPort());
        boolean tcp = packet.protocol() == Protocol.TCP;
        if (!tcp || packet.tag().number() > 0) {
            Ends before =
                    seen.put(new Direction(packet.tag().flow(), packet.tag().isAnswer()), ends);
            if (before != null && !before.equals(ends)) {
                changes++;
                if (tcp || strict) {
                    throw new Violation(
                            "nat-stable", device + " sends " + packet + ", which was translated to " + before);
                }
            }
        }
        boolean established = tcp && packet.tag().number() > 0;
        if (!packet.tag().isAnswer() && (established || strict)) {
            share(device, new Origin(packet.protocol(), ends), packet.tag().flow());
        }
    }

    /// A flow that gave an address and port to another one and then uses it again shares it.
    private void share(SimDevice device, Origin origin, int flow) {
        Integer holder = holders.put(origin, flow);
        if (holder == null || holder == flow) {
            return;
        }
        Set<Integer> past = former.computeIfAbsent(origin, _ -> new HashSet<>());
        past.add(holder);
        if (past.contains(flow)) {
            throw new Violation("nat-stable", device + ": flows " + flow + " and " + holder + " both use " + origin);
        }
    }
}
