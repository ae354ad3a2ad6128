package net.testudo.lab.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapngReaderTest {
    private static final int SECTION = 0x0A0D0D0A;

    private final List<String> frames = new ArrayList<>();
    private final ByteArrayOutputStream copied = new ByteArrayOutputStream();

    private static ByteBuffer buffer(int octets) {
        return ByteBuffer.allocate(octets).order(ByteOrder.nativeOrder());
    }

    private static byte[] octets(ByteBuffer filled) {
        byte[] octets = new byte[filled.capacity()];
        filled.rewind().get(octets);
        return octets;
    }

    private static byte[] block(int type, ByteBuffer body) {
        int length = 12 + body.capacity();
        return octets(
                buffer(length).putInt(type).putInt(length).put(octets(body)).putInt(length));
    }

    private static byte[] section() {
        return block(SECTION, buffer(16).putInt(0x1A2B3C4D).putInt(1).putLong(-1));
    }

    /// @param resolution 0 for none
    private static byte[] port(String name, int resolution) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = buffer(8 + 4 + 4 + 8 + 4);
        body.putLong(0).putShort((short) 2).putShort((short) text.length).put(text);
        body.position(16);
        body.putShort((short) (resolution == 0 ? 99 : 9)).putShort((short) 1).put((byte) resolution);
        return block(1, body);
    }

    private static byte[] frame(int port, long units, String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        ByteBuffer body = buffer(20 + (octets.length + 3) / 4 * 4);
        body.putInt(port).putInt((int) (units >>> 32)).putInt((int) units);
        body.putInt(octets.length).putInt(octets.length).put(octets);
        return block(6, body);
    }

    private static byte[] stream(byte[]... blocks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] block : blocks) {
            out.writeBytes(block);
        }
        return out.toByteArray();
    }

    private void read(byte[] stream) throws IOException {
        PcapngReader.Sink sink = new PcapngReader.Sink() {
            @Override
            public void onFrame(String port, long timeNs, ByteBuffer frame) {
                byte[] octets = new byte[frame.remaining()];
                frame.duplicate().get(octets);
                frames.add(port + " " + timeNs + " " + HexFormat.of().formatHex(octets));
            }

            @Override
            public void onBlock(ByteBuffer block, boolean describes) {
                try {
                    PcapngReader.copy(block, copied);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        new PcapngReader(new ByteArrayInputStream(stream), sink).readAll();
    }

    @Test
    void framesComeWithPortAndTimeAndEverythingCanBeCopied() throws IOException {
        long micros = 1_800_000_000_123_456L;
        byte[] stream = stream(
                section(),
                port("out1", 0),
                port("in2", 9),
                frame(1, micros * 1000 + 7, "0102030405"),
                block(5, buffer(8)),
                frame(0, micros, "06"));
        read(stream);
        assertEquals(List.of("in2 1800000000123456007 0102030405", "out1 1800000000123456000 06"), frames);
        assertArrayEquals(stream, copied.toByteArray());
    }

    @Test
    void aStreamThatEndsInTheMiddleOfABlockHasEnded() throws IOException {
        byte[] stream = stream(section(), port("out1", 6), frame(0, 5, "01"), frame(0, 6, "02"));
        read(Arrays.copyOf(stream, stream.length - 3));
        assertEquals(List.of("out1 5000 01"), frames);
    }

    @Test
    void aBlockThatIsNoneIsAnError() {
        assertThrows(
                IOException.class, () -> read(stream(octets(buffer(12).putInt(6).putInt(4)))));
        assertThrows(IOException.class, () -> read(stream(section(), port("out1", 200))));
    }
}
