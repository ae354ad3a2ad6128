package net.testudo.lab.traffic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// One TCP connection and its two-way records; owned by the thread of its [TcpTraffic].
final class TcpConnection {
    private final SocketChannel channel;
    private final RecordStream records;
    private final long intervalNs;
    private long nextRecordNs;
    private boolean open = true;

    TcpConnection(SocketChannel channel, long intervalNs, long firstRecordNs) {
        this.channel = channel;
        this.records = new RecordStream(firstRecordNs);
        this.intervalNs = intervalNs;
        this.nextRecordNs = firstRecordNs;
    }

    /// Whether it was established and neither side closed it.
    boolean established() {
        return open && channel.isConnected();
    }

    /// Whether it was closed or refused.
    boolean closed() {
        return !open;
    }

    /// The records of both sides.
    RecordStream records() {
        return records;
    }

    /// The socket can be read, or the connection is established.
    void onReady(SelectionKey key, long nowNs) {
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
            }
            if (key.isReadable()) {
                int count = channel.read(records.incoming());
                if (count < 0) {
                    close();
                }
                records.onReceived(nowNs);
            }
        } catch (IOException _) {
            close();
        }
    }

    /// Sends what is due.
    ///
    /// @return false once it is closed
    boolean doWork(long nowNs) {
        if (!established()) {
            return open;
        }
        while (nowNs - nextRecordNs >= 0) {
            records.emit();
            nextRecordNs += intervalNs;
        }
        ByteBuffer outgoing = records.outgoing();
        if (outgoing.position() > 0) {
            outgoing.flip();
            try {
                channel.write(outgoing);
            } catch (IOException _) {
                close();
            }
            outgoing.compact();
        }
        return open;
    }

    /// Ends it.
    void close() {
        open = false;
        try {
            channel.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}
