package net.testudo.pcapio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The kernel's end of the TAP as servers see it.
@ExtendWith(OwnNetworkNamespace.class)
class LocalNetworkTest {
    private static final String CLUSTER_ADDRESS = "192.0.2.1";
    private static final int CLIENT = 0xc633_6407; // 198.51.100.7: in no network of this device
    private static final int CLIENT_PORT = 4711;
    private static final int IP_OFFSET = 14;
    private static final int UDP_OFFSET = 34;
    private static final int PAYLOAD_OFFSET = 42;

    private final Frames frames = new Frames();

    @Test
    void aServerOnTheClusterAddressAnswersThroughTheTap() throws Exception {
        try (LinkWatch links = new LinkWatch();
                TapPort tap = TapPort.open("tap-local", links, frames.wakeUps::release);
                LocalNetwork local = LocalNetwork.on(tap)) {
            local.assign(address(CLUSTER_ADDRESS));
            assertAnswers(tap);
        }
    }

    /// Its route went with the first address.
    @Test
    void soDoesOneOnAnAddressThatReplacedAnother() throws Exception {
        try (LinkWatch links = new LinkWatch();
                TapPort tap = TapPort.open("tap-local", links, frames.wakeUps::release);
                LocalNetwork local = LocalNetwork.on(tap)) {
            local.assign(address("192.0.2.2"));
            local.assign(address(CLUSTER_ADDRESS));
            assertAnswers(tap);
        }
    }

    private void assertAnswers(TapPort tap) throws Exception {
        frames.await(tap::carrier);
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName(CLUSTER_ADDRESS))) {
            server.setSoTimeout(5000);
            Frames.send(tap, datagram(tap.mac(), server.getLocalPort(), "question"));
            DatagramPacket received = new DatagramPacket(new byte[100], 100);
            server.receive(received);
            assertEquals("198.51.100.7", received.getAddress().getHostAddress());
            byte[] answer = "answer".getBytes(StandardCharsets.UTF_8);
            server.send(new DatagramPacket(answer, answer.length, received.getSocketAddress()));

            byte[] frame = frames.receive(tap, 1, LocalNetworkTest::isIpv4).getFirst();
            assertEquals(LocalNetwork.ELEMENT_MAC, macAt(frame, 0));
            assertEquals(tap.mac(), macAt(frame, 6));
            ByteBuffer packet = ByteBuffer.wrap(frame);
            assertEquals(bits(CLUSTER_ADDRESS), packet.getInt(IP_OFFSET + 12));
            assertEquals(CLIENT, packet.getInt(IP_OFFSET + 16));
            assertEquals(CLIENT_PORT, packet.getShort(UDP_OFFSET + 2));
            assertArrayEquals(answer, Arrays.copyOfRange(frame, PAYLOAD_OFFSET, PAYLOAD_OFFSET + answer.length));
        }
    }

    @Test
    void theAddressIsReplacedAndRemoved() throws Exception {
        try (LinkWatch links = new LinkWatch();
                TapPort tap = TapPort.open("tap-local", links, () -> {});
                LocalNetwork local = LocalNetwork.on(tap)) {
            local.assign(address("192.0.2.1"));
            local.assign(address("192.0.2.2"));
            assertThrows(SocketException.class, () -> new DatagramSocket(0, InetAddress.getByName("192.0.2.1")));
            new DatagramSocket(0, InetAddress.getByName("192.0.2.2")).close();
            local.assign(null);
            assertThrows(SocketException.class, () -> new DatagramSocket(0, InetAddress.getByName("192.0.2.2")));
        }
        assertEquals("", SystemCommand.run("ip", "rule", "list", "pref", "8484"));
        assertEquals("", SystemCommand.run("nft", "list", "tables"));
    }

    @Test
    void whatAKilledProcessLeftBehindIsReplaced() throws Exception {
        SystemCommand.run("ip", "rule", "add", "from", "192.0.2.9", "lookup", "8484", "pref", "8484");
        SystemCommand.run("nft", "add", "table", "inet", "testudo-local");
        try (LinkWatch links = new LinkWatch();
                TapPort tap = TapPort.open("tap-local", links, () -> {});
                LocalNetwork local = LocalNetwork.on(tap)) {
            local.assign(address(CLUSTER_ADDRESS));
            assertEquals(
                    1,
                    SystemCommand.run("ip", "rule", "list", "pref", "8484")
                            .lines()
                            .count());
        }
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    private static int bits(String text) {
        return address(text).bits();
    }

    private static boolean isIpv4(byte[] frame) {
        return ByteBuffer.wrap(frame).getShort(12) == 0x0800;
    }

    private static MacAddress macAt(byte[] frame, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        return new MacAddress(Short.toUnsignedLong(buffer.getShort(offset)) << 32
                | Integer.toUnsignedLong(buffer.getInt(offset + 2)));
    }

    private static byte[] datagram(MacAddress destination, int port, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(PAYLOAD_OFFSET + payload.length);
        frame.putLong(0, destination.bits() << 16 | 0x0200)
                .putInt(8, 0x0000_0042)
                .putShort(12, (short) 0x0800);
        frame.putInt(IP_OFFSET, 0x4500_0000 | (28 + payload.length)).putInt(IP_OFFSET + 8, 0x4011_0000);
        frame.putInt(IP_OFFSET + 12, CLIENT).putInt(IP_OFFSET + 16, bits(CLUSTER_ADDRESS));
        int sum = 0;
        for (int i = IP_OFFSET; i < UDP_OFFSET; i += 2) {
            sum += Short.toUnsignedInt(frame.getShort(i));
        }
        frame.putShort(IP_OFFSET + 10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        frame.putShort(UDP_OFFSET, (short) CLIENT_PORT).putShort(UDP_OFFSET + 2, (short) port);
        frame.putShort(UDP_OFFSET + 4, (short) (8 + payload.length));
        return frame.put(PAYLOAD_OFFSET, payload).array();
    }
}
