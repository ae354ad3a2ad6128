package net.testudo.element.link;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Cuts data frames that do not fit into one sealed frame, and joins the parts again. A frame whose parts do not
/// arrive one after the other is lost, as on a wire.
///
/// ```
///  0 network, reason (4 bits each)  1 part, counted from 0  2 number of parts  3 frame number (2)  5 data
/// ```
final class RelayFrames {
    static final int HEADER_OCTETS = 5;
    /// The largest data frame.
    static final int FRAME_OCTETS_MAX = 9_232;

    /// Takes one part.
    interface PartSink {
        boolean onPart(byte[] content, int length);
    }

    private final byte[] part;
    private final byte[] joined = new byte[FRAME_OCTETS_MAX];
    private final MemorySegment joinedSegment = MemorySegment.ofArray(joined);
    private int joinedFrom;
    private int joinedNumber;
    private int joinedParts;
    private int joinedLength;
    private int number;

    RelayFrames(int contentOctetsMax) {
        part = new byte[contentOctetsMax];
    }

    /// Emits the parts of one data frame.
    ///
    /// @return whether all were taken
    boolean cut(int networkAndReason, MemorySegment buffer, long offset, int length, PartSink sink) {
        int room = part.length - HEADER_OCTETS;
        int parts = Math.max(1, (length + room - 1) / room);
        if (length > FRAME_OCTETS_MAX || parts > 255) {
            return false;
        }
        number = (number + 1) & 0xffff;
        int done = 0;
        for (int i = 0; i < parts; i++) {
            int octets = Math.min(room, length - done);
            part[0] = (byte) networkAndReason;
            part[1] = (byte) i;
            part[2] = (byte) parts;
            part[3] = (byte) (number >>> 8);
            part[4] = (byte) number;
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, offset + done, part, HEADER_OCTETS, octets);
            if (!sink.onPart(part, HEADER_OCTETS + octets)) {
                return false;
            }
            done += octets;
        }
        return true;
    }

    /// Takes a part.
    ///
    /// @return the length of the data frame in [#frame], 0 if it is not complete yet, -1 if the part is malformed
    ///     or the one before it is missing
    int join(int from, byte[] content, int offset, int length) {
        if (length < HEADER_OCTETS) {
            return -1;
        }
        int index = content[offset + 1] & 0xff;
        int parts = content[offset + 2] & 0xff;
        int frameNumber = ((content[offset + 3] & 0xff) << 8) | (content[offset + 4] & 0xff);
        int octets = length - HEADER_OCTETS;
        if (index == 0) {
            joinedFrom = from;
            joinedNumber = frameNumber;
            joinedParts = 0;
            joinedLength = 0;
        }
        boolean next = joinedFrom == from
                && joinedNumber == frameNumber
                && joinedParts == index
                && joinedLength + octets <= joined.length;
        if (!next) {
            joinedFrom = 0;
            return -1;
        }
        System.arraycopy(content, offset + HEADER_OCTETS, joined, joinedLength, octets);
        joinedLength += octets;
        joinedParts++;
        return joinedParts == parts ? joinedLength : 0;
    }

    MemorySegment frame() {
        return joinedSegment;
    }
}
