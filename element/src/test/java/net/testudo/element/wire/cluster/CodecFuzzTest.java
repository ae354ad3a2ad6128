package net.testudo.element.wire.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.Fuzz;
import net.testudo.element.wire.RecordMutator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random octets, mutated messages, and messages that are well-formed and say something else: parsing answers null or
/// a message that survives the way, and never throws.
class CodecFuzzTest {
    @Test
    void controlMessagesNeverThrow() {
        for (int version = 1; version <= ProtocolVersions.NEWEST; version++) {
            int spoken = version;
            check(
                    SampleMessages.control(spoken),
                    message -> ControlCodec.toOctets(message, spoken),
                    octets -> ControlCodec.parse(octets, spoken));
        }
    }

    @Test
    void joinMessagesNeverThrow() {
        check(
                SampleMessages.join(),
                message -> JoinMessage.toOctets(message, ProtocolVersions.NEWEST),
                octets -> JoinMessage.parse(octets, ProtocolVersions.NEWEST));
    }

    @Test
    void discoveryMessagesNeverThrow() {
        check(
                SampleMessages.discovery(ProtocolVersions.OWN),
                DiscoveryMessage::toOctets,
                octets -> DiscoveryMessage.parse(octets, 0, octets.length));
    }

    @Test
    void statusMessagesNeverThrow() {
        for (int version = 1; version <= ProtocolVersions.NEWEST; version++) {
            int spoken = version;
            check(
                    List.of(spoken == 1 ? SampleMessages.status(ClockReading.UNKNOWN) : SampleMessages.status()),
                    message -> message.toOctets(spoken),
                    octets -> StatusMessage.parse(new OctetReader(octets), spoken));
        }
    }

    /// A replacement character takes more octets than the octet it replaces: such a text could not be sent again.
    @Test
    void aTextThatIsNotUtf8IsMalformed() {
        byte[] octets = new byte[40_003];
        java.util.Arrays.fill(octets, (byte) 0xff);
        octets[0] = 3;
        octets[1] = (byte) (40_000 >>> 8);
        octets[2] = (byte) 40_000;
        assertNull(JoinMessage.parse(octets, ProtocolVersions.NEWEST));
    }

    /// The octets of a line that is used to link its headers are written again when it is read.
    @Test
    void aLineWhoseTextsAreNotUtf8IsMalformed() {
        byte[] octets =
                ControlCodec.toOctets(new ControlMessage.Decide(7, SampleMessages.line()), ProtocolVersions.NEWEST);
        String name = "commit-1";
        int at = new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(name);
        byte[] longer = new byte[octets.length + 40_000 - name.length()];
        System.arraycopy(octets, 0, longer, 0, at - 2);
        longer[at - 2] = (byte) (40_000 >>> 8);
        longer[at - 1] = (byte) 40_000;
        java.util.Arrays.fill(longer, at, at + 40_000, (byte) 0xff);
        System.arraycopy(octets, at + name.length(), longer, at + 40_000, octets.length - at - name.length());
        assertNull(ControlCodec.parse(longer, ProtocolVersions.NEWEST));
    }

    @Test
    void aDeviceNumberThatIsNoneIsMalformed() {
        for (int device : new int[] {0, 64, 200}) {
            Revision first = SampleMessages.line().newest();
            RevisionHeader header = first.header();
            RevisionHeader wrong = new RevisionHeader(
                    1,
                    Digest.ZERO,
                    header.contentHash(),
                    header.voters(),
                    0,
                    new java.util.TreeMap<>(java.util.Map.of("S1", device)),
                    new java.util.TreeMap<>(),
                    0,
                    "",
                    RevisionNote.own(0));
            Line line = Line.of(new Revision(wrong, first.content()));
            byte[] octets = ControlCodec.toOctets(new ControlMessage.Decide(7, line), ProtocolVersions.NEWEST);
            assertNull(ControlCodec.parse(octets, ProtocolVersions.NEWEST));
        }
    }

    private static <T> void check(List<T> samples, Function<T, byte[]> emit, Function<byte[], @Nullable T> parse) {
        byte[][] octets = samples.stream().map(emit).toArray(byte[][]::new);
        for (int i = 0; i < octets.length; i++) {
            assertEquals(samples.get(i), parse.apply(octets[i]));
        }
        int[] parsed = new int[2];
        Fuzz.run(
                (number, random) -> number % 2 == 0 ? Fuzz.any(octets, random) : said(samples, emit, random),
                (number, input) -> {
                    T message = parse.apply(input);
                    if (message != null) {
                        parsed[number % 2]++;
                        assertEquals(message, parse.apply(emit.apply(message)));
                    }
                });
        Fuzz.expect(parsed[0] > 0 && parsed[0] < Fuzz.FRAMES / 2, "of octets " + parsed[0]);
        Fuzz.expect(parsed[1] > Fuzz.FRAMES / 4, "of messages " + parsed[1]);
    }

    private static <T> byte[] said(List<T> samples, Function<T, byte[]> emit, RandomGenerator random) {
        return emit.apply(new RecordMutator(random).mutated(samples.get(random.nextInt(samples.size()))));
    }
}
