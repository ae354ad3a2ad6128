package net.testudo.sim.traffic;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An IPv4 packet of TCP, UDP or an ICMP echo (RFC 791, 9293, 768, 792) that carries a tag and nothing else. Written
/// without the product's own code, so that a fault there is seen here.
///
/// @param protocol of its payload
/// @param source IPv4 address
/// @param sourcePort port, or the echo's identifier
/// @param destination IPv4 address
/// @param destinationPort port, or the echo's identifier
/// @param flags of TCP
/// @param sequence TCP sequence number
/// @param acknowledgement TCP acknowledgement number
/// @param tag its payload
public record TaggedPacket(
        Protocol protocol,
        int source,
        int sourcePort,
        int destination,
        int destinationPort,
        int flags,
        int sequence,
        int acknowledgement,
        Tag tag) {
    /// TCP flag: the sender will send no more.
    public static final int FIN = 1;
    /// TCP flag: the connection opens.
    public static final int SYN = 2;
    /// TCP flag: the connection is gone.
    public static final int RST = 4;
    /// TCP flag: the acknowledgement number counts.
    public static final int ACK = 16;

    private static final int IPV4 = 0x0800;
    private static final int IP_AT = 14;
    private static final int TRANSPORT_AT = 34;
    private static final int TTL = 64;
    private static final int WINDOW = 65_535;
    private static final int ECHO_REQUEST = 8;

    private static int headerOctets(Protocol protocol) {
        return protocol == Protocol.TCP ? 20 : 8;
    }

    private static int checksumAt(Protocol protocol) {
        return TRANSPORT_AT
                + switch (protocol) {
                    case TCP -> 16;
                    case UDP -> 6;
                    case ICMP -> 2;
                };
    }

    /// The frame from one MAC address to another.
    public byte[] toFrame(long sourceMac, long destinationMac) {
        int transport = headerOctets(protocol) + Tag.OCTETS;
        ByteBuffer out = ByteBuffer.allocate(TRANSPORT_AT + transport);
        out.putShort((short) (destinationMac >>> 32)).putInt((int) destinationMac);
        out.putShort((short) (sourceMac >>> 32)).putInt((int) sourceMac).putShort((short) IPV4);
        out.put((byte) 0x45).put((byte) 0).putShort((short) (transport + 20)).putInt(0);
        out.put((byte) TTL).put((byte) protocol.number()).putShort((short) 0);
        out.putInt(source).putInt(destination);
        switch (protocol) {
            case TCP -> {
                out.putShort((short) sourcePort).putShort((short) destinationPort);
                out.putInt(sequence).putInt(acknowledgement);
                out.put((byte) 0x50).put((byte) flags).putShort((short) WINDOW).putInt(0);
            }
            case UDP -> {
                out.putShort((short) sourcePort).putShort((short) destinationPort);
                out.putShort((short) transport).putShort((short) 0);
            }
            case ICMP -> {
                out.put((byte) (tag.isAnswer() ? 0 : ECHO_REQUEST))
                        .put((byte) 0)
                        .putShort((short) 0);
                out.putShort((short) sourcePort).putShort((short) tag.number());
            }
        }
        out.putInt(Tag.MAGIC).putInt(tag.flow()).putInt(tag.number());
        out.putInt(tag.isAnswer() ? 1 : 0).putInt(tag.transmission());
        byte[] frame = out.array();
        out.putShort(IP_AT + 10, (short) (sum(frame, IP_AT, TRANSPORT_AT, 0) ^ 0xffff));
        out.putShort(checksumAt(protocol), (short) (transportSum(frame, protocol) ^ 0xffff));
        return frame;
    }

    /// A packet back to where this one came from.
    // The ends change places, which looks like a mistake.
    @SuppressWarnings("ArgumentSelectionDefectChecker")
    TaggedPacket reply(int newFlags, int newSequence, int newAcknowledgement, Tag newTag) {
        return new TaggedPacket(
                protocol,
                destination,
                destinationPort,
                source,
                sourcePort,
                newFlags,
                newSequence,
                newAcknowledgement,
                newTag);
    }

    /// Reads a frame; null if it carries no tag.
    public static @Nullable TaggedPacket of(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        if (frame.length < TRANSPORT_AT || in.getShort(12) != IPV4 || in.get(IP_AT) != 0x45) {
            return null;
        }
        Protocol protocol = Arrays.stream(Protocol.values())
                .filter(p -> p.number() == in.get(IP_AT + 9))
                .findFirst()
                .orElse(null);
        int tagAt = protocol == null ? 0 : TRANSPORT_AT + headerOctets(protocol);
        if (protocol == null || frame.length < tagAt + Tag.OCTETS || in.getInt(tagAt) != Tag.MAGIC) {
            return null;
        }
        boolean tcp = protocol == Protocol.TCP;
        int portsAt = protocol == Protocol.ICMP ? TRANSPORT_AT + 4 : TRANSPORT_AT;
        int sourcePort = in.getShort(portsAt) & 0xffff;
        return new TaggedPacket(
                protocol,
                in.getInt(IP_AT + 12),
                sourcePort,
                in.getInt(IP_AT + 16),
                protocol == Protocol.ICMP ? sourcePort : in.getShort(portsAt + 2) & 0xffff,
                tcp ? in.get(TRANSPORT_AT + 13) : 0,
                tcp ? in.getInt(TRANSPORT_AT + 4) : 0,
                tcp ? in.getInt(TRANSPORT_AT + 8) : 0,
                new Tag(in.getInt(tagAt + 4), in.getInt(tagAt + 8), in.getInt(tagAt + 12) != 0, in.getInt(tagAt + 16)));
    }

    /// Whether the checksums of a frame with a tag are right, as its receiver has to see them.
    public static boolean isIntact(byte[] frame) {
        TaggedPacket packet = of(frame);
        return packet != null
                && sum(frame, IP_AT, TRANSPORT_AT, 0) == 0xffff
                && transportSum(frame, packet.protocol) == 0xffff;
    }

    /// With the pseudo-header where the protocol has one.
    private static int transportSum(byte[] frame, Protocol protocol) {
        int end = TRANSPORT_AT + headerOctets(protocol) + Tag.OCTETS;
        int pseudo = protocol == Protocol.ICMP
                ? 0
                : sum(frame, IP_AT + 12, TRANSPORT_AT, protocol.number() + end - TRANSPORT_AT);
        return sum(frame, TRANSPORT_AT, end, pseudo);
    }

    /// The ones' complement sum of 16-bit words (RFC 1071).
    private static int sum(byte[] frame, int from, int to, int initial) {
        int sum = initial;
        for (int at = from; at < to; at += 2) {
            sum += (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
        }
        while (sum >>> 16 != 0) {
            sum = (sum >>> 16) + (sum & 0xffff);
        }
        return sum;
    }

    /// From where to where, as it appears in the frame.
    public String path() {
        return protocol + " " + end(source, sourcePort) + " > " + end(destination, destinationPort);
    }

    static String end(int address, int port) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff)
                + ":" + port;
    }
}
