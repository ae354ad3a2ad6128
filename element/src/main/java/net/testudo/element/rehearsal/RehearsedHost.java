package net.testudo.element.rehearsal;

import java.lang.foreign.MemorySegment;
import net.testudo.element.wire.ArpFlyweight;
import net.testudo.element.wire.ArpFrames;
import net.testudo.element.wire.EtherType;
import net.testudo.element.wire.EthernetFlyweight;
import net.testudo.element.wire.FrameFlyweight;
import net.testudo.element.wire.Ipv4Flyweight;
import net.testudo.element.wire.UdpFlyweight;
import net.testudo.element.wire.WireFault;

/// A host on a data network: answers ARP, sends datagrams to the cluster's MAC address once it knows it, and sends
/// back what it gets.
final class RehearsedHost {
    private static final int PAYLOAD_OCTETS = 64;
    private static final int UDP = 17;

    private final MemoryNetwork.Port port;
    private final int address;
    private final MemorySegment buffer = MemorySegment.ofArray(new byte[2_048]);
    private final FrameFlyweight frame = new FrameFlyweight();
    private long clusterMac;
    private long answered;

    RehearsedHost(MemoryNetwork.Port port, int address) {
        this.port = port;
        this.address = address;
    }

    /// Datagrams that came back or were sent back so far.
    long answered() {
        return answered;
    }

    void doWork(boolean reflect) {
        port.poll((received, offset, length) -> onFrame(received, offset, length, reflect), Integer.MAX_VALUE);
    }

    private void onFrame(MemorySegment received, long offset, int length, boolean reflect) {
        if (frame.wrap(received, offset, length) != WireFault.OK) {
            return;
        }
        if (frame.kind() == FrameFlyweight.Kind.ARP) {
            ArpFlyweight arp = frame.arp();
            clusterMac = arp.senderAddress() == 0 ? clusterMac : arp.senderMac();
            if (arp.isRequest() && arp.targetAddress() == address) {
                port.send(buffer, 0, ArpFrames.reply(buffer, 0, arp, port.mac().bits(), address));
            }
        } else if (frame.kind() == FrameFlyweight.Kind.IPV4 && frame.ipv4().destination() == address) {
            answered++;
            if (reflect && frame.hasTransport()) {
                int toPort = (int) (frame.selectors() >>> 16 & 0xffff);
                int fromPort = (int) (frame.selectors() & 0xffff);
                send(fromPort, frame.ipv4().source(), toPort);
            }
        }
    }

    /// Sends one datagram through the cluster.
    void send(int fromPort, int toAddress, int toPort) {
        if (clusterMac == 0) {
            return;
        }
        int udpAt = EthernetFlyweight.HEADER_LENGTH + Ipv4Flyweight.HEADER_LENGTH;
        int udpOctets = UdpFlyweight.HEADER_LENGTH + PAYLOAD_OCTETS;
        EthernetFlyweight.emit(buffer, 0, clusterMac, port.mac().bits(), EtherType.IPV4);
        Ipv4Flyweight.emit(buffer, EthernetFlyweight.HEADER_LENGTH, udpOctets, UDP, address, toAddress);
        UdpFlyweight.emit(buffer, udpAt, fromPort, toPort, PAYLOAD_OCTETS);
        port.send(buffer, 0, udpAt + udpOctets);
    }
}
