package net.testudo.sim.traffic;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A host's side of the conversations that others begin with it: answers each message once it is its turn, and repeats
/// the last answer if the message is repeated.
final class Answerer {
    /// What tells one conversation from another at this host.
    private record Peer(Protocol protocol, int address, int port, int ownPort) {}

    private static final class Connection {
        final int flow;
        final int firstSequence;
        int answered;

        Connection(int flow, int firstSequence) {
            this.flow = flow;
            this.firstSequence = firstSequence;
        }
    }

    private final Map<Peer, Connection> connections = new HashMap<>();

    /// The answer to a packet, or null if there is none.
    @Nullable
    TaggedPacket answer(TaggedPacket packet, int transmission) {
        Tag tag = new Tag(packet.tag().flow(), packet.tag().number(), true, transmission);
        return packet.protocol() == Protocol.TCP ? segment(packet, tag) : packet.reply(0, 0, 0, tag);
    }

    private @Nullable TaggedPacket segment(TaggedPacket packet, Tag tag) {
        Peer peer = new Peer(packet.protocol(), packet.source(), packet.sourcePort(), packet.destinationPort());
        Connection connection = connections.get(peer);
        boolean opens = (packet.flags() & TaggedPacket.SYN) != 0;
        if (opens && (connection == null || connection.flow != tag.flow())) {
            connection = new Connection(tag.flow(), tag.flow() * 0x9e37_79b9);
            connections.put(peer, connection);
        }
        if (connection == null || connection.flow != tag.flow()) {
            return null;
        }
        if ((packet.flags() & TaggedPacket.RST) != 0) {
            connections.remove(peer);
            return null;
        }
        if (tag.number() < connection.answered || tag.number() > connection.answered + 1) {
            return null;
        }
        connection.answered = tag.number();
        int finish = packet.flags() & TaggedPacket.FIN;
        int acknowledged = packet.sequence() + Tag.OCTETS + (opens || finish != 0 ? 1 : 0);
        int sequence = Conversation.sequence(connection.firstSequence, tag.number());
        return packet.reply((opens ? TaggedPacket.SYN : 0) | finish | TaggedPacket.ACK, sequence, acknowledged, tag);
    }
}
