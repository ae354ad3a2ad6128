package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.testudo.element.flow.FlowCodec.Malformed;
import net.testudo.element.flow.FlowCodec.Message;
import net.testudo.element.flow.FlowMessage.StreamKind;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.Fuzz;
import net.testudo.element.wire.RecordMutator;
import net.testudo.element.wire.cluster.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlowCodecTest {
    private static final int NEWEST = ProtocolVersions.NEWEST;
    private static final FlowRecord FLOW = new FlowRecord(
            (3L << 40) | 7,
            DirectionKey.of(0, FlowKey.of(6, 0x0a000001, 0xc0000201, FlowKey.ports(4000, 80))),
            DirectionKey.of(1, FlowKey.of(6, 0xc0000201, 0xc6336401, FlowKey.ports(80, 1024))),
            0x0200_0000_0001L,
            0x0200_0000_0002L,
            ConnectionState.TCP_ESTABLISHED,
            FlowRecord.SOURCE_NAT,
            new Ownership(2, 77, 3, 9, 41));

    static Stream<FlowMessage> messages() {
        MemorySegment octets = MemorySegment.ofArray(new byte[] {1, 2, 3});
        return Stream.of(
                new FlowMessage.Assign(FLOW, 5, 1, octets),
                new FlowMessage.Assigned(9, 7, 41),
                new FlowMessage.Refused(9, 7, 41, FlowMessage.Refusal.TABLE_FULL),
                new FlowMessage.Release(9, 7, 41),
                new FlowMessage.Released(9, 7, 41, ConnectionState.UDP_TWO_WAY),
                new FlowMessage.End(9, 7, 41),
                new FlowMessage.NextHop(9, 1, 0x0200_0000_0001L, 0x0200_0000_0002L),
                new FlowMessage.SyncBegin(StreamKind.REPORT, 9, 5, 77, 3, 9),
                new FlowMessage.SyncData(StreamKind.COPY, 9, 5, 1, octets),
                new FlowMessage.SyncEnd(StreamKind.COPY, 9, 5),
                new FlowMessage.SyncAck(StreamKind.REPORT, 9, 5, 1));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageSurvivesTheWay(FlowMessage message) {
        byte[] octets = FlowCodec.encode(message, NEWEST);
        Message parsed = assertInstanceOf(Message.class, FlowCodec.parse(octets, NEWEST));
        assertEquals(message.getClass(), parsed.message().getClass());
        assertEquals(message.epoch(), parsed.message().epoch());
        assertEquals(
                Arrays.toString(octets),
                Arrays.toString(FlowCodec.encode(parsed.message(), NEWEST)),
                "encoded a second time");
    }

    /// Digests of what devices say that know only version 1, taken before there was another one.
    @Test
    void whatIsSaidInTheFirstVersionIsWhatItsDevicesSay() throws IOException {
        try (InputStream in = Objects.requireNonNull(FlowCodecTest.class.getResourceAsStream("version-1.txt"))) {
            assertEquals(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList(),
                    messages()
                            .map(m -> m.getClass().getSimpleName() + " " + Digest.of(FlowCodec.encode(m, 1)))
                            .toList());
        }
    }

    @Test
    void whatEndsTooEarlyOrTooLateIsMalformed() {
        byte[] octets = FlowCodec.encode(new FlowMessage.Released(9, 7, 41, ConnectionState.UDP_TWO_WAY), NEWEST);
        for (int length = 0; length < octets.length; length++) {
            assertInstanceOf(Malformed.class, FlowCodec.parse(Arrays.copyOf(octets, length), NEWEST));
        }
        assertEquals(
                new Malformed(FlowCodec.Reason.TRAILING),
                FlowCodec.parse(Arrays.copyOf(octets, octets.length + 1), NEWEST));
    }

    @Test
    void randomAndMutatedOctetsNeverThrow() {
        byte[][] octets =
                messages().map(message -> FlowCodec.encode(message, NEWEST)).toArray(byte[][]::new);
        int[] parsed = new int[1];
        Fuzz.run((_, random) -> Fuzz.any(octets, random), (_, input) -> parsed[0] += survives(input));
        Fuzz.expect(parsed[0] > 0 && parsed[0] < Fuzz.FRAMES, "parsed " + parsed[0]);
    }

    @Test
    void messagesThatSaySomethingElseAreParsedOrRefused() {
        List<FlowMessage> samples = messages().toList();
        int[] parsed = new int[1];
        Fuzz.run(
                (number, random) -> FlowCodec.encode(
                        new RecordMutator(random).mutated(samples.get(number % samples.size())), NEWEST),
                (_, input) -> parsed[0] += survives(input));
        Fuzz.expect(parsed[0] > Fuzz.FRAMES / 2, "parsed " + parsed[0]);
    }

    /// @return 1 if it was parsed, and is the same when it was encoded again
    private static int survives(byte[] octets) {
        return switch (FlowCodec.parse(octets, NEWEST)) {
            case Malformed _ -> 0;
            case Message(FlowMessage message) -> {
                assertArrayEquals(octets, FlowCodec.encode(message, NEWEST));
                yield 1;
            }
        };
    }
}
