package net.testudo.element.channel;

/// Sizes of a [ReliableStream]. Both ends use the same stream number and the same largest message.
///
/// @param stream number that keeps the streams of one pair of devices apart, 0 to 255
/// @param segmentOctets the largest segment that fits into a frame, header included
/// @param windowSegments how many segments may be under way; a power of two, 64 to 1024
/// @param messageOctetsMax the largest message
/// @param queueOctetsMax how much may wait to be sent; each message counts with its length and
///     [#MESSAGE_OVERHEAD_OCTETS]
public record StreamConfig(
        int stream, int segmentOctets, int windowSegments, int messageOctetsMax, int queueOctetsMax) {
    /// What a waiting message costs besides its octets, so that the queue is bounded for empty messages too.
    public static final int MESSAGE_OVERHEAD_OCTETS = 32;

    private static final int WINDOW_MIN = 64;
    private static final int WINDOW_MAX = 1024;
    private static final int SEGMENT_MAX = 16_000;
    private static final int PAYLOAD_MIN = 128;

    /// @throws IllegalArgumentException if a size is out of its range
    public StreamConfig {
        require(stream >= 0 && stream <= 255, "stream", stream);
        require(
                Integer.bitCount(windowSegments) == 1 && windowSegments >= WINDOW_MIN && windowSegments <= WINDOW_MAX,
                "windowSegments",
                windowSegments);
        require(
                segmentOctets <= SEGMENT_MAX
                        && segmentOctets >= Segment.HEADER_OCTETS + windowSegments / 8 + PAYLOAD_MIN,
                "segmentOctets",
                segmentOctets);
        require(messageOctetsMax >= 1, "messageOctetsMax", messageOctetsMax);
        require(queueOctetsMax >= messageOctetsMax + MESSAGE_OVERHEAD_OCTETS, "queueOctetsMax", queueOctetsMax);
    }

    /// For commands and decisions: stream 1, few and important messages up to 4 MiB (a configuration revision).
    public static StreamConfig control(int segmentOctets) {
        return new StreamConfig(1, segmentOctets, 64, 4 << 20, 16 << 20);
    }

    /// For run-time synchronization: stream 2, many small messages, a wide window.
    public static StreamConfig bulk(int segmentOctets) {
        return new StreamConfig(2, segmentOctets, 256, 1 << 20, 16 << 20);
    }

    /// The octets of messages and their lengths that one segment carries.
    int payloadOctets() {
        return segmentOctets - Segment.HEADER_OCTETS - windowSegments / 8;
    }

    private static void require(boolean holds, String name, int value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " out of range: " + value);
        }
    }
}
