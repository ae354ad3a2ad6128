package net.testudo.element.channel;

import java.util.Arrays;

/// The receiving half of a stream: puts segments in order and their records together to messages.
///
/// Segments that arrive in order are read where they are; only those that arrive early are copied.
final class ReceiveWindow {
    private static final byte[] UNUSED = {};

    private final int mask;
    private final int segmentOctets;
    private final int messageOctetsMax;
    private final byte[][] early;
    private final int[] earlyLength;
    private final boolean[] present;
    private long expected;
    private long highest = -1;
    private byte[] message = UNUSED;
    private int messageLength;
    private boolean inMessage;
    private boolean failed;
    private boolean closed;
    private long delivered;

    ReceiveWindow(int segments, int segmentOctets, int messageOctetsMax) {
        this.mask = segments - 1;
        this.segmentOctets = segmentOctets;
        this.messageOctetsMax = messageOctetsMax;
        this.early = new byte[segments][];
        Arrays.fill(early, UNUSED);
        this.earlyLength = new int[segments];
        this.present = new boolean[segments];
    }

    long expected() {
        return expected;
    }

    boolean failed() {
        return failed;
    }

    long delivered() {
        return delivered;
    }

    /// Ends delivery at once, also in the middle of a segment: the session ended while a message was handled.
    void close() {
        closed = true;
    }

    SegmentFate onData(byte[] buffer, int offset, int length, long sequence, MessageSink sink) {
        if (sequence < expected || (sequence <= highest && present[(int) sequence & mask])) {
            return SegmentFate.DUPLICATE;
        }
        if (sequence - expected > mask || length > segmentOctets) {
            return SegmentFate.BEYOND_WINDOW;
        }
        highest = Math.max(highest, sequence);
        if (sequence != expected) {
            keep(buffer, offset, length, (int) sequence & mask);
            return SegmentFate.ACCEPTED;
        }
        expected++;
        read(buffer, offset, length, sink);
        while (!failed && !closed && present[(int) expected & mask]) {
            int slot = (int) expected & mask;
            present[slot] = false;
            expected++;
            read(early[slot], 0, earlyLength[slot], sink);
        }
        return failed ? SegmentFate.STREAM_FAILED : SegmentFate.ACCEPTED;
    }

    /// Writes which segments after [#expected] are there.
    ///
    /// @return the number of words written
    int putSelective(byte[] segment, int at) {
        int words = highest < expected ? 0 : (int) (highest - expected - 1) / 64 + 1;
        for (int word = 0; word < words; word++) {
            long bits = 0;
            for (int bit = 0; bit < 64; bit++) {
                long sequence = expected + 1 + 64L * word + bit;
                if ((sequence <= highest && present[(int) sequence & mask])) {
                    bits |= 1L << bit;
                }
            }
            Octets.putLong(segment, at + 8 * word, bits);
        }
        return words;
    }

    private void keep(byte[] buffer, int offset, int length, int slot) {
        if (early[slot].length == 0) {
            early[slot] = new byte[segmentOctets];
        }
        System.arraycopy(buffer, offset, early[slot], 0, length);
        earlyLength[slot] = length;
        present[slot] = true;
    }

    private void read(byte[] buffer, int offset, int length, MessageSink sink) {
        int at = offset;
        int end = offset + length;
        while (at < end && !failed && !closed) {
            int head = Octets.getShort(buffer, at);
            int octets = head & Segment.RECORD_LENGTH;
            at += Segment.RECORD_HEAD_OCTETS;
            onRecord(buffer, at, octets, head, sink);
            at += octets;
        }
    }

    private void onRecord(byte[] buffer, int offset, int length, int head, MessageSink sink) {
        boolean first = (head & Segment.RECORD_FIRST) != 0;
        boolean last = (head & Segment.RECORD_LAST) != 0;
        if (first == inMessage || length > messageOctetsMax - messageLength) {
            failed = true;
            return;
        }
        if (first && last) {
            delivered++;
            sink.onMessage(buffer, offset, length);
            return;
        }
        if (message.length - messageLength < length) {
            long room = Math.max(2L * (messageLength + length), segmentOctets);
            message = Arrays.copyOf(message, (int) Math.min(room, messageOctetsMax));
        }
        System.arraycopy(buffer, offset, message, messageLength, length);
        messageLength += length;
        inMessage = !last;
        if (last) {
            byte[] whole = message;
            int wholeLength = messageLength;
            message = UNUSED;
            messageLength = 0;
            delivered++;
            sink.onMessage(whole, 0, wholeLength);
        }
    }
}
