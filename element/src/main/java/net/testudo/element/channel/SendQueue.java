package net.testudo.element.channel;

import java.util.ArrayDeque;

/// Messages that wait to be sent, bounded; cuts them into the records of segments.
final class SendQueue {
    /// A message is not cut for less than this, unless its rest is shorter.
    private static final int FRAGMENT_OCTETS_MIN = 64;

    private final int octetsMax;
    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private int octets;
    private int headSent;

    SendQueue(int octetsMax) {
        this.octetsMax = octetsMax;
    }

    boolean offer(byte[] message) {
        int cost = message.length + StreamConfig.MESSAGE_OVERHEAD_OCTETS;
        if (cost > octetsMax - octets) {
            return false;
        }
        octets += cost;
        messages.add(message);
        return true;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    int octets() {
        return octets;
    }

    /// Fills `segment` from `from` on with records, at most up to `end`.
    ///
    /// @return where the records end
    int fill(byte[] segment, int from, int end) {
        int at = from;
        byte[] message;
        while ((message = messages.peek()) != null) {
            int rest = message.length - headSent;
            int room = end - at - Segment.RECORD_HEAD_OCTETS;
            if (room < Math.min(rest, FRAGMENT_OCTETS_MIN)) {
                break;
            }
            int length = Math.min(rest, room);
            boolean last = length == rest;
            int head = length | (headSent == 0 ? Segment.RECORD_FIRST : 0) | (last ? Segment.RECORD_LAST : 0);
            Octets.putShort(segment, at, head);
            System.arraycopy(message, headSent, segment, at + Segment.RECORD_HEAD_OCTETS, length);
            at += Segment.RECORD_HEAD_OCTETS + length;
            headSent += length;
            if (last) {
                messages.remove();
                octets -= message.length + StreamConfig.MESSAGE_OVERHEAD_OCTETS;
                headSent = 0;
            }
        }
        return at;
    }
}
