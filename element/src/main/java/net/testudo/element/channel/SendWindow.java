package net.testudo.element.channel;

import java.util.Arrays;

/// The segments under way: which are acknowledged, which are taken for lost, how many more may be sent.
///
/// A segment is lost if three segments transmitted after it arrived (in order of transmission, so that a second
/// transmission is judged like a first), or if the timer ran out. Lost segments go first. The number under way
/// shrinks on loss and grows with each acknowledgement: on a dedicated link loss mostly means that the peer's
/// receive ring is full.
final class SendWindow {
    private static final int FLIGHT_MIN = 8;
    private static final int REORDER_SEGMENTS = 3;
    private static final byte SENT = 1;
    private static final byte LOST = 2;
    private static final byte ARRIVED = 3;
    private static final byte[] UNUSED = {};

    private final int mask;
    private final int segmentOctets;
    private final RoundTrip roundTrip = new RoundTrip();
    private final byte[][] segment;
    private final int[] payloadLength;
    private final long[] sentNs;
    private final long[] order;
    private final byte[] state;
    private final boolean[] repeated;
    private long oldest;
    private long next;
    private long nextOrder;
    private long newestArrivedOrder = -1;
    private long recoveryEnd;
    private int flightMax;
    private int underWay;
    private int lost;
    private int peerWindow;
    private long timerNs;

    SendWindow(int segments, int segmentOctets) {
        this.mask = segments - 1;
        this.segmentOctets = segmentOctets;
        this.segment = new byte[segments][];
        Arrays.fill(segment, UNUSED);
        this.payloadLength = new int[segments];
        this.sentNs = new long[segments];
        this.order = new long[segments];
        this.state = new byte[segments];
        this.repeated = new boolean[segments];
        this.flightMax = segments;
        this.peerWindow = segments;
    }

    /// Whether a further segment may be opened now.
    boolean hasRoom() {
        return next - oldest < Math.min(mask + 1, peerWindow) && underWay < flightMax;
    }

    /// Whether a lost segment may be sent again now.
    boolean mayRepeat() {
        return lost > 0 && underWay < flightMax;
    }

    boolean isEmpty() {
        return next == oldest;
    }

    boolean timerRuns() {
        return underWay > 0;
    }

    long timerNs() {
        return timerNs;
    }

    long next() {
        return next;
    }

    long roundTripNs() {
        return roundTrip.smoothedNs();
    }

    /// The array in which the next segment is to be built.
    byte[] freshSegment() {
        int slot = (int) next & mask;
        if (segment[slot].length == 0) {
            segment[slot] = new byte[segmentOctets];
        }
        return segment[slot];
    }

    /// The segment built in [#freshSegment] is to be sent; it stays here until it was acknowledged.
    long add(int length) {
        int slot = (int) next & mask;
        payloadLength[slot] = length;
        repeated[slot] = false;
        state[slot] = LOST;
        lost++;
        return next++;
    }

    byte[] segment(long sequence) {
        return segment[(int) sequence & mask];
    }

    int payloadLength(long sequence) {
        return payloadLength[(int) sequence & mask];
    }

    boolean isRepeated(long sequence) {
        return repeated[(int) sequence & mask];
    }

    /// The first segment from `sequence` on that has to be sent (again), or [#next].
    long nextLost(long sequence) {
        long found = Math.max(sequence, oldest);
        while (found < next && state[(int) found & mask] != LOST) {
            found++;
        }
        return found;
    }

    void onSent(long sequence, long nowNs) {
        int slot = (int) sequence & mask;
        state[slot] = SENT;
        sentNs[slot] = nowNs;
        order[slot] = nextOrder++;
        lost--;
        if (underWay++ == 0) {
            timerNs = nowNs + roundTrip.timeoutNs();
        }
    }

    /// Takes an acknowledgement that was checked to be no higher than [#next].
    void onAcknowledgement(byte[] buffer, int wordsAt, int words, long expected, int window, long nowNs) {
        if (expected < oldest) {
            return;
        }
        peerWindow = Math.max(window, 1);
        boolean progress = false;
        for (; oldest < expected; oldest++) {
            progress |= arrived((int) oldest & mask, nowNs);
        }
        for (int word = 0; word < words; word++) {
            long bits = Octets.getLong(buffer, wordsAt + 8 * word);
            while (bits != 0) {
                long sequence = expected + 1 + 64L * word + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                progress |= sequence < next && arrived((int) sequence & mask, nowNs);
            }
        }
        if (progress) {
            roundTrip.onProgress();
            timerNs = nowNs + roundTrip.timeoutNs();
            if (words > 0) {
                findLost();
            }
        }
    }

    /// Whether the timer ran out.
    boolean isLate(long nowNs) {
        return underWay > 0 && nowNs - timerNs >= 0;
    }

    /// Takes everything under way for lost if the timer ran out.
    void onTime(long nowNs) {
        if (!isLate(nowNs)) {
            return;
        }
        for (long sequence = oldest; sequence < next; sequence++) {
            lose((int) sequence & mask);
        }
        flightMax = FLIGHT_MIN;
        recoveryEnd = next;
        roundTrip.onTimeout();
    }

    private boolean arrived(int slot, long nowNs) {
        if (state[slot] == ARRIVED) {
            return false;
        }
        long tookNs = nowNs - sentNs[slot];
        if (state[slot] == LOST) {
            lost--;
        } else {
            underWay--;
            if (!repeated[slot]) {
                roundTrip.onSample(tookNs);
            }
        }
        state[slot] = ARRIVED;
        // An acknowledgement that comes too soon after a repetition is for an earlier transmission.
        if (!repeated[slot] || tookNs >= roundTrip.smoothedNs() / 2) {
            newestArrivedOrder = Math.max(newestArrivedOrder, order[slot]);
        }
        flightMax = Math.min(flightMax + 1, mask + 1);
        return true;
    }

    private void findLost() {
        boolean found = false;
        for (long sequence = oldest; sequence < next; sequence++) {
            int slot = (int) sequence & mask;
            if (state[slot] == SENT && order[slot] + REORDER_SEGMENTS <= newestArrivedOrder) {
                lose(slot);
                found |= sequence >= recoveryEnd;
            }
        }
        if (found) {
            flightMax = Math.max(flightMax / 2, FLIGHT_MIN);
            recoveryEnd = next;
        }
    }

    private void lose(int slot) {
        if (state[slot] == SENT) {
            state[slot] = LOST;
            repeated[slot] = true;
            underWay--;
            lost++;
        }
    }
}
