package net.testudo.agent.management;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// Messages over a Unix stream socket: length (4 octets, of what follows), type (1), fields. One thread may read while
/// another writes.
final class MessageChannel implements Closeable {
    /// The longest message: a snapshot with a large configuration.
    static final int OCTETS_MAX = 64 << 20;

    private static final int LENGTH_OCTETS = 4;

    private final SocketChannel socket;
    private final MessageCodec codec = new MessageCodec();
    private final ByteBuffer length = ByteBuffer.allocate(LENGTH_OCTETS);

    MessageChannel(SocketChannel socket) {
        this.socket = socket;
    }

    /// Writes a message; waits for a peer that does not read.
    ///
    /// @throws IOException if the peer is gone or this was closed
    void write(Message message) throws IOException {
        byte[] octets = codec.write(message);
        ByteBuffer frame = ByteBuffer.allocate(LENGTH_OCTETS + octets.length);
        frame.putInt(octets.length).put(octets).flip();
        while (frame.hasRemaining()) {
            socket.write(frame);
        }
    }

    /// Waits for a message.
    ///
    /// @return null at the end
    /// @throws IOException if what arrives is no message: the connection is of no use any more
    @Nullable
    Message read() throws IOException {
        length.clear();
        if (!fill(length)) {
            return null;
        }
        int octets = length.flip().getInt();
        if (octets < 1 || octets > OCTETS_MAX) {
            throw new IOException("a message of " + octets + " octets cannot be");
        }
        ByteBuffer body = ByteBuffer.allocate(octets);
        if (!fill(body)) {
            throw new EOFException("the peer ended in the middle of a message");
        }
        return codec.read(body.array());
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (socket.read(buffer) < 0) {
                if (buffer.position() > 0) {
                    throw new EOFException("the peer ended in the middle of a message");
                }
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
