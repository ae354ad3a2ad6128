package net.testudo.sim.world;

/// The few fields of a frame that the simulated world itself has to read or write.
public final class Frames {
    /// EtherType of ARP.
    public static final int ARP = 0x0806;
    /// EtherType of IPv4.
    public static final int IPV4 = 0x0800;
    /// Length of a frame that carries an ARP packet, in octets.
    public static final int ARP_LENGTH_OCTETS = 42;

    private static final int TYPE_OFFSET = 12;
    private static final int OPERATION_OFFSET = 20;
    private static final int SENDER_ADDRESS_OFFSET = 28;
    private static final int TARGET_ADDRESS_OFFSET = 38;

    private Frames() {}

    /// Destination MAC address, 48 bits.
    public static long destination(byte[] frame) {
        return number(frame, 0, 6);
    }

    /// Source MAC address, 48 bits.
    public static long source(byte[] frame) {
        return number(frame, 6, 6);
    }

    /// EtherType, or -1 for a frame that is too short to have one.
    public static int etherType(byte[] frame) {
        return frame.length < TYPE_OFFSET + 2 ? -1 : (int) number(frame, TYPE_OFFSET, 2);
    }

    /// Whether this is an ARP packet over Ethernet.
    public static boolean isArp(byte[] frame) {
        return etherType(frame) == ARP && frame.length >= ARP_LENGTH_OCTETS;
    }

    /// ARP: 1 request, 2 reply.
    public static int arpOperation(byte[] frame) {
        return (int) number(frame, OPERATION_OFFSET, 2);
    }

    /// ARP: the sender's IPv4 address.
    public static int arpSender(byte[] frame) {
        return (int) number(frame, SENDER_ADDRESS_OFFSET, 4);
    }

    /// ARP: the IPv4 address that is asked for.
    public static int arpTarget(byte[] frame) {
        return (int) number(frame, TARGET_ADDRESS_OFFSET, 4);
    }

    /// An ARP packet (RFC 826) in a frame to `destination`.
    public static byte[] arp(int operation, long destination, Holder sender, Holder target) {
        byte[] frame = new byte[ARP_LENGTH_OCTETS];
        put(frame, 0, 6, destination);
        put(frame, 6, 6, sender.mac());
        put(frame, TYPE_OFFSET, 2, ARP);
        put(frame, 14, 6, 0x0001_0800_0604L);
        put(frame, OPERATION_OFFSET, 2, operation);
        put(frame, 22, 6, sender.mac());
        put(frame, SENDER_ADDRESS_OFFSET, 4, sender.address());
        put(frame, 32, 6, target.mac());
        put(frame, TARGET_ADDRESS_OFFSET, 4, target.address());
        return frame;
    }

    /// A pair of MAC and IPv4 address, as ARP carries two of.
    public record Holder(long mac, int address) {}

    static long senderMac(byte[] frame) {
        return number(frame, 22, 6);
    }

    private static long number(byte[] frame, int offset, int octets) {
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = (value << 8) | (frame[offset + i] & 0xff);
        }
        return value;
    }

    private static void put(byte[] frame, int offset, int octets, long value) {
        for (int i = 0; i < octets; i++) {
            frame[offset + i] = (byte) (value >>> (8 * (octets - 1 - i)));
        }
    }
}
