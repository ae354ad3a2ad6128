package net.testudo.element.flow;

import java.util.Arrays;

/// How far each class of a stream is: what was sent, what of it was acknowledged, how long the oldest waits (BKP-01).
/// Arrays of fixed size; an acknowledgement costs one step for each message that it covers.
final class SyncProgress {
    private final int classes;
    private final int mask;
    private final int[] records;
    private final long[] sentNs;
    private final long[] sent;
    private final long[] acknowledged;
    private final long[] octets;
    private final long[] lastSequence;
    private final long[] lastAcknowledged;
    private final int[] collected;

    /// @param classes how many
    /// @param window how many messages may be under way, a power of two
    SyncProgress(int classes, int window) {
        this.classes = classes;
        mask = window - 1;
        records = new int[window * classes];
        sentNs = new long[window];
        sent = new long[classes];
        acknowledged = new long[classes];
        octets = new long[classes];
        lastSequence = new long[classes];
        lastAcknowledged = new long[classes];
        collected = new int[classes];
    }

    /// A stream starts.
    void restart() {
        for (long[] counts : new long[][] {sent, acknowledged, octets, lastSequence, lastAcknowledged}) {
            Arrays.fill(counts, 0);
        }
        Arrays.fill(collected, 0);
    }

    /// A record of a class, with its head, goes into the message that is being made.
    void collect(int index, int recordOctets) {
        collected[index]++;
        octets[index] += recordOctets;
    }

    /// That message has this sequence number.
    void sent(long sequence, long nowNs) {
        int slot = (int) sequence & mask;
        sentNs[slot] = nowNs;
        for (int index = 0; index < classes; index++) {
            records[slot * classes + index] = collected[index];
            sent[index] += collected[index];
            lastSequence[index] = collected[index] > 0 ? sequence : lastSequence[index];
            collected[index] = 0;
        }
    }

    /// The messages after `before` up to `upTo` are confirmed.
    void acknowledged(long before, long upTo) {
        for (long sequence = before + 1; sequence <= upTo; sequence++) {
            int slot = (int) sequence & mask;
            for (int index = 0; index < classes; index++) {
                int count = records[slot * classes + index];
                acknowledged[index] += count;
                lastAcknowledged[index] = count > 0 ? sequence : lastAcknowledged[index];
            }
        }
    }

    /// When the oldest message with records of a class was sent, of those after `after` up to `upTo`.
    ///
    /// @return that time, or `nowNs` if there is none
    long oldestNs(int index, long after, long upTo, long nowNs) {
        for (long sequence = after + 1; sequence <= upTo; sequence++) {
            int slot = (int) sequence & mask;
            if (records[slot * classes + index] > 0) {
                return sentNs[slot];
            }
        }
        return nowNs;
    }

    long sent(int index) {
        return sent[index];
    }

    long acknowledged(int index) {
        return acknowledged[index];
    }

    long octets(int index) {
        return octets[index];
    }

    long lastSequence(int index) {
        return lastSequence[index];
    }

    long lastAcknowledged(int index) {
        return lastAcknowledged[index];
    }
}
