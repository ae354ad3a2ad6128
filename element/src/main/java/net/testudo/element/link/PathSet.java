package net.testudo.element.link;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import net.testudo.element.net.MacAddress;
import net.testudo.element.port.PacketPort;
import net.testudo.element.wire.EtherType;

/// The ports over which this device reaches the others, by path number, and the framing that is the same on all.
final class PathSet {
    /// MAC addresses, EtherType and frame type of a frame in clear.
    static final int HEADER_OCTETS = 15;
    /// Locally administered group address of all devices of a cluster; bridges flood it.
    static final long GROUP_MAC = 0x0354_5354_444fL;

    private static final int AT_SOURCE = 6;
    private static final int AT_ETHER_TYPE = 12;
    private static final int AT_TYPE = 14;

    private final List<PacketPort> ports;

    PathSet(List<PacketPort> ports) {
        this.ports = List.copyOf(ports);
    }

    int count() {
        return ports.size();
    }

    PacketPort port(int path) {
        return ports.get(path);
    }

    /// The most that fits behind MAC addresses and EtherType on any path.
    int payloadOctetsMax() {
        int smallest = Integer.MAX_VALUE;
        for (PacketPort port : ports) {
            smallest = Math.min(smallest, port.mtuOctets());
        }
        return smallest;
    }

    /// Sends a frame in clear whose content stands behind [#HEADER_OCTETS] free octets of `frame`.
    boolean sendClear(int path, int type, byte[] frame, int contentOctets) {
        address(path, GROUP_MAC, frame);
        frame[AT_ETHER_TYPE] = (byte) (EtherType.CLUSTER >>> 8);
        frame[AT_ETHER_TYPE + 1] = (byte) EtherType.CLUSTER;
        frame[AT_TYPE] = (byte) type;
        return send(path, frame, HEADER_OCTETS + contentOctets);
    }

    /// Writes the MAC addresses of a frame that will be sent on `path`.
    void address(int path, long destination, byte[] frame) {
        putMac(frame, 0, destination);
        putMac(frame, AT_SOURCE, ports.get(path).mac().bits());
    }

    /// Sends a whole frame.
    boolean send(int path, byte[] frame, int length) {
        return ports.get(path).send(MemorySegment.ofArray(frame), 0, length);
    }

    /// Whether the frame is one of the cluster protocol, in clear or sealed.
    static boolean isClusterFrame(MemorySegment buffer, long offset, int length) {
        if (length < HEADER_OCTETS) {
            return false;
        }
        int etherType = etherType(buffer, offset);
        return etherType == EtherType.MACSEC || etherType == EtherType.CLUSTER;
    }

    static boolean isSealed(MemorySegment buffer, long offset) {
        return etherType(buffer, offset) == EtherType.MACSEC;
    }

    static int type(MemorySegment buffer, long offset) {
        return octet(buffer, offset + AT_TYPE);
    }

    static MacAddress source(MemorySegment buffer, long offset) {
        long mac = 0;
        for (int i = 0; i < 6; i++) {
            mac = (mac << 8) | octet(buffer, offset + AT_SOURCE + i);
        }
        return new MacAddress(mac);
    }

    private static int etherType(MemorySegment buffer, long offset) {
        return octet(buffer, offset + AT_ETHER_TYPE) << 8 | octet(buffer, offset + AT_ETHER_TYPE + 1);
    }

    private static int octet(MemorySegment buffer, long at) {
        return buffer.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    private static void putMac(byte[] frame, int at, long mac) {
        for (int i = 0; i < 6; i++) {
            frame[at + i] = (byte) (mac >>> (40 - 8 * i));
        }
    }
}
