package net.testudo.lab.traffic;

import java.nio.ByteBuffer;

/// One side of a connection on which both sides send numbered records; pure, without a socket.
///
/// A record is [#RECORD_OCTETS] long: its number, counted from 1 (8 octets), and the number of the last record received
/// from the other side (8). So each side knows what of its own has arrived.
final class RecordStream {
    static final int RECORD_OCTETS = 16;

    private static final int BUFFER_OCTETS = 4096;

    private final ByteBuffer outgoing = ByteBuffer.allocate(BUFFER_OCTETS);
    private final ByteBuffer incoming = ByteBuffer.allocate(BUFFER_OCTETS);
    private long sentNumber;
    private long receivedNumber;
    private long arrivedNumber;
    private long lastReceivedNs;
    private long longestStallNs;
    private boolean broken;

    /// @param nowNs the time from which a stall is counted
    RecordStream(long nowNs) {
        lastReceivedNs = nowNs;
    }

    /// Puts the next record into [#outgoing]; drops it without a number if the far side takes nothing for long.
    void emit() {
        if (outgoing.remaining() >= RECORD_OCTETS) {
            sentNumber++;
            outgoing.putLong(sentNumber).putLong(receivedNumber);
        }
    }

    /// What waits to be written to the socket, in write mode.
    ByteBuffer outgoing() {
        return outgoing;
    }

    /// Where the socket's octets go, in write mode; call [#onReceived] afterwards.
    ByteBuffer incoming() {
        return incoming;
    }

    /// Octets were added to [#incoming].
    void onReceived(long nowNs) {
        incoming.flip();
        while (incoming.remaining() >= RECORD_OCTETS) {
            broken |= incoming.getLong() != receivedNumber + 1;
            receivedNumber++;
            arrivedNumber = incoming.getLong();
            longestStallNs = Math.max(longestStallNs, nowNs - lastReceivedNs);
            lastReceivedNs = nowNs;
        }
        incoming.compact();
    }

    /// Number of the last record put out.
    long sentNumber() {
        return sentNumber;
    }

    /// Whether the far side has all records up to this one, and this side missed none of its.
    boolean complete(long number) {
        return !broken && arrivedNumber >= number;
    }

    /// The longest time without a record.
    long longestStallNs() {
        return longestStallNs;
    }
}
