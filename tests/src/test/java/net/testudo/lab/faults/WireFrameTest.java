package net.testudo.lab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.testudo.lab.faults.WireFrame.Flow;
import org.junit.jupiter.api.Test;

class WireFrameTest {
    private static final String ARP = "ffffffffffff" + "027e57020001" + "0806" + "0001080006040001" + "027e57020001"
            + "0a0a0001" + "000000000000" + "0a0a0001";
    private static final String UDP = "027e57010064" + "027e57010002" + "0800" + "45000030000040004011" + "0000"
            + "c6336401" + "c6336464" + "1f40" + "1b58" + "00000000";

    private static WireFrame frame(String hex) {
        return WireFrame.of(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    @Test
    void anArpPacketSaysWhoHasTheAddress() {
        assertEquals(new WireFrame(0x02_7e_57_02_00_01L, WireFrame.address("10.10.0.1"), Optional.empty()), frame(ARP));
    }

    @Test
    void aDatagramSaysItsFlow() {
        Flow flow = new Flow(
                WireFrame.address("198.51.100.1"), WireFrame.address("198.51.100.100"), 17, (8000 << 16) | 7000);
        assertEquals(new WireFrame(0x02_7e_57_01_00_02L, 0, Optional.of(flow)), frame(UDP));
        assertEquals("198.51.100.1:8000 > 198.51.100.100:7000, protocol 17", flow.toString());
    }

    @Test
    void aLaterFragmentHasNoPorts() {
        assertEquals(
                Optional.empty(),
                frame(UDP.replace("45000030000040004011", "45000030000020014011"))
                        .flow());
    }

    @Test
    void whatIsCutOffSaysNothing() {
        for (int octets = 0; octets < ARP.length() / 2; octets++) {
            assertEquals(0, frame(ARP.substring(0, 2 * octets)).arpSender());
        }
        for (int octets = 0; octets < UDP.length() / 2 - 4; octets++) {
            assertEquals(Optional.empty(), frame(UDP.substring(0, 2 * octets)).flow());
        }
    }

    @Test
    void anyOctetsAreTaken() {
        RandomGenerator random =
                RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(5);
        byte[] good = HexFormat.of().parseHex(UDP);
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = good.clone();
            octets[random.nextInt(12, octets.length)] = (byte) random.nextInt();
            octets[random.nextInt(12, octets.length)] = (byte) random.nextInt();
            ByteBuffer frame = ByteBuffer.wrap(octets, 0, random.nextInt(octets.length + 1));
            assertEquals(
                    frame.remaining() < 14 ? 0 : 0x02_7e_57_01_00_02L,
                    WireFrame.of(frame).sourceMac());
        }
    }
}
