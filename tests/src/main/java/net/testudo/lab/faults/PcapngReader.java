package net.testudo.lab.faults;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads a stream of pcapng (draft-ietf-opsawg-pcapng) as it comes from a capturing program on this machine: its octet
/// order, one section.
final class PcapngReader {
    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_RESOLUTION = 9;
    private static final int BLOCK_OCTETS_MIN = 12;
    private static final int BLOCK_OCTETS_MAX = 1 << 20;
    private static final long NS_PER_S = 1_000_000_000L;

    /// Takes frames.
    interface Sink {
        /// A frame was captured.
        ///
        /// @param port name of the interface
        /// @param timeNs since 1970
        /// @param frame its first octets; valid during the call
        void onFrame(String port, long timeNs, ByteBuffer frame);

        /// A block was read, of whatever type.
        ///
        /// @param block its octets
        /// @param describes whether later blocks cannot be read without it
        void onBlock(ByteBuffer block, boolean describes);
    }

    private record Port(String name, long unitsPerSecond) {}

    private final DataInputStream in;
    private final Sink sink;
    private final List<Port> ports = new ArrayList<>();

    PcapngReader(InputStream in, Sink sink) {
        this.in = new DataInputStream(in);
        this.sink = sink;
    }

    /// Reads until the stream ends, also in the middle of a block.
    ///
    /// @throws IOException if it cannot be read, or is not what it should be
    void readAll() throws IOException {
        try {
            while (true) {
                byte[] head = new byte[8];
                in.readFully(head);
                ByteBuffer numbers = order(ByteBuffer.wrap(head));
                int type = numbers.getInt();
                int length = numbers.getInt();
                if (length < BLOCK_OCTETS_MIN || length > BLOCK_OCTETS_MAX) {
                    throw new IOException("a block of " + length + " octets");
                }
                byte[] block = new byte[length];
                System.arraycopy(head, 0, block, 0, head.length);
                in.readFully(block, head.length, length - head.length);
                onBlock(type, block);
            }
        } catch (EOFException _) {
            // The capturing program has ended.
        }
    }

    private static ByteBuffer order(ByteBuffer buffer) {
        return buffer.order(ByteOrder.nativeOrder());
    }

    private void onBlock(int type, byte[] block) throws IOException {
        boolean describes = type == SECTION_HEADER || type == INTERFACE_DESCRIPTION;
        sink.onBlock(ByteBuffer.wrap(block), describes);
        ByteBuffer body =
                order(ByteBuffer.wrap(block, 8, block.length - BLOCK_OCTETS_MIN).slice());
        if (type == INTERFACE_DESCRIPTION) {
            ports.add(port(body));
        } else if (type == ENHANCED_PACKET) {
            Port port = ports.get(body.getInt());
            long high = Integer.toUnsignedLong(body.getInt());
            long units = (high << 32) | Integer.toUnsignedLong(body.getInt());
            int length = body.getInt();
            if (length < 0 || length > body.limit() - 20) {
                throw new IOException("a frame of " + length + " octets in a block of " + block.length);
            }
            sink.onFrame(port.name(), nanoseconds(units, port.unitsPerSecond()), body.slice(20, length));
        }
    }

    private static long nanoseconds(long units, long unitsPerSecond) {
        long rest = units % unitsPerSecond * (NS_PER_S / Math.min(unitsPerSecond, NS_PER_S));
        return units / unitsPerSecond * NS_PER_S + rest;
    }

    private static Port port(ByteBuffer body) throws IOException {
        String name = "";
        long unitsPerSecond = 1_000_000;
        body.position(8);
        while (body.remaining() >= 4) {
            int code = Short.toUnsignedInt(body.getShort());
            int length = Short.toUnsignedInt(body.getShort());
            if (length > body.remaining()) {
                throw new IOException("an option of " + length + " octets");
            }
            byte[] value = new byte[length];
            body.get(value);
            body.position(Math.min(body.limit(), body.position() + (4 - length % 4) % 4));
            if (code == OPTION_NAME) {
                name = new String(value, StandardCharsets.UTF_8);
            } else if (code == OPTION_RESOLUTION) {
                unitsPerSecond = unitsPerSecond(value[0]);
            }
        }
        return new Port(name, unitsPerSecond);
    }

    /// A power of ten; the capturing program uses no other.
    private static long unitsPerSecond(byte resolution) throws IOException {
        if (resolution < 0 || resolution > 9) {
            throw new IOException("an unexpected resolution of time: " + resolution);
        }
        long units = 1;
        for (int i = 0; i < resolution; i++) {
            units *= 10;
        }
        return units;
    }

    /// Writes a block to a file of blocks.
    static void copy(ByteBuffer block, OutputStream out) throws IOException {
        out.write(block.array(), block.arrayOffset(), block.remaining());
    }
}
