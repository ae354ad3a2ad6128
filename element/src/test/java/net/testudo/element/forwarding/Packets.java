package net.testudo.element.forwarding;

import java.lang.foreign.MemorySegment;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.Protocol;
import net.testudo.element.wire.ArpFrames;
import net.testudo.element.wire.Checksum;
import net.testudo.element.wire.EtherType;
import net.testudo.element.wire.EthernetFlyweight;
import net.testudo.element.wire.FrameFlyweight;
import net.testudo.element.wire.IcmpFlyweight;
import net.testudo.element.wire.IcmpFrames;
import net.testudo.element.wire.Ipv4Flyweight;
import net.testudo.element.wire.TcpFlyweight;
import net.testudo.element.wire.UdpFlyweight;
import net.testudo.element.wire.WireFault;

/// Frames of hosts, as octets.
final class Packets {
    private static final int PACKET = EthernetFlyweight.HEADER_LENGTH;
    private static final int PAYLOAD = PACKET + Ipv4Flyweight.HEADER_LENGTH;

    private Packets() {}

    static int ip(String text) {
        return Ipv4Address.parse(text).orElseThrow().bits();
    }

    /// Who sends to whom on the link.
    record Link(long from, long to) {}

    static byte[] udp(Link link, String source, int sourcePort, String destination, int port) {
        byte[] octets = head(link, source, destination, Protocol.UDP, UdpFlyweight.HEADER_LENGTH + 4);
        UdpFlyweight.emit(MemorySegment.ofArray(octets), PAYLOAD, sourcePort, port, 4);
        FrameFlyweight frame = view(octets);
        frame.udp().refreshChecksum(ip(source), ip(destination));
        return octets;
    }

    static byte[] tcp(Link link, FlowKey key, int flags, int sequence) {
        byte[] octets = head(link, key.source().toString(), key.destination().toString(), Protocol.TCP, 20);
        int ports = FlowKey.ports(key.sourcePort(), key.destinationPort());
        TcpFlyweight.emit(MemorySegment.ofArray(octets), PAYLOAD, ports, sequence, 0, flags);
        view(octets)
                .tcp()
                .refreshChecksum(key.source().bits(), key.destination().bits());
        return octets;
    }

    static FlowKey tcpKey(String source, int sourcePort, String destination, int port) {
        return FlowKey.of(Protocol.TCP, ip(source), ip(destination), FlowKey.ports(sourcePort, port));
    }

    static byte[] echo(Link link, String source, String destination, int type, int identifier) {
        byte[] octets = head(link, source, destination, Protocol.ICMP, 16);
        IcmpFlyweight.emit(MemorySegment.ofArray(octets), PAYLOAD, type, 0, identifier << 16 | 1);
        view(octets, false).icmp().refreshChecksum();
        return octets;
    }

    /// A host or router says that `offending` did not arrive.
    static byte[] unreachable(Link link, String source, byte[] offending) {
        FrameFlyweight frame = view(offending);
        byte[] out = new byte[IcmpFrames.ERROR_FRAME_MAX];
        int length = IcmpFrames.error(
                frame,
                MemorySegment.ofArray(out),
                0,
                link.from(),
                ip(source),
                IcmpFrames.ErrorMessage.PORT_UNREACHABLE);
        EthernetFlyweight ethernet = new EthernetFlyweight();
        ethernet.wrap(MemorySegment.ofArray(out), 0, length);
        ethernet.destination(link.to());
        return java.util.Arrays.copyOf(out, length);
    }

    static byte[] arpRequest(long mac, String sender, String target) {
        byte[] octets = new byte[ArpFrames.LENGTH];
        ArpFrames.request(MemorySegment.ofArray(octets), 0, mac, ip(sender), ip(target));
        return octets;
    }

    static byte[] arpReply(long mac, String address, byte[] request) {
        byte[] octets = new byte[ArpFrames.LENGTH];
        ArpFrames.reply(MemorySegment.ofArray(octets), 0, view(request).arp(), mac, ip(address));
        return octets;
    }

    static byte[] withTtl(byte[] packet, int ttl) {
        FrameFlyweight frame = view(packet);
        while (frame.ipv4().ttl() > ttl) {
            frame.ipv4().decrementTtl();
        }
        return packet;
    }

    /// The packet as a fragment of another; `field` is the header field with flags and offset.
    static byte[] fragment(byte[] packet, int field) {
        byte[] octets = packet.clone();
        octets[20] = (byte) (field >>> 8);
        octets[21] = (byte) field;
        octets[24] = 0;
        octets[25] = 0;
        int checksum = Checksum.of(MemorySegment.ofArray(octets), PACKET, Ipv4Flyweight.HEADER_LENGTH);
        octets[24] = (byte) (checksum >>> 8);
        octets[25] = (byte) checksum;
        return octets;
    }

    /// The frame, checked.
    static FrameFlyweight view(byte[] octets) {
        return view(octets, true);
    }

    private static FrameFlyweight view(byte[] octets, boolean checked) {
        FrameFlyweight frame = new FrameFlyweight();
        WireFault fault = frame.wrap(MemorySegment.ofArray(octets), 0, octets.length);
        if (checked && fault != WireFault.OK) {
            throw new AssertionError(fault.toString());
        }
        return frame;
    }

    /// The frame in words: `source:port>destination:port ttl` with the checksum verified.
    static String text(byte[] octets) {
        FrameFlyweight frame = view(octets);
        FlowKey key = new FlowKey(frame.addresses(), frame.selectors());
        boolean valid = switch (frame.ipv4().protocol()) {
            case Protocol.TCP ->
                frame.tcp().checksumValid(frame.ipv4().source(), frame.ipv4().destination());
            case Protocol.UDP ->
                frame.udp().checksumValid(frame.ipv4().source(), frame.ipv4().destination());
            default -> true;
        };
        return key + " ttl " + frame.ipv4().ttl() + (valid ? "" : " BAD CHECKSUM");
    }

    private static byte[] head(Link link, String source, String destination, int protocol, int length) {
        byte[] octets = new byte[PAYLOAD + length];
        MemorySegment out = MemorySegment.ofArray(octets);
        EthernetFlyweight.emit(out, 0, link.to(), link.from(), EtherType.IPV4);
        Ipv4Flyweight.emit(out, PACKET, length, protocol, ip(source), ip(destination));
        return octets;
    }
}
