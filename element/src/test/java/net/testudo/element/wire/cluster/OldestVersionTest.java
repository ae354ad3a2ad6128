package net.testudo.element.wire.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.net.ProtocolVersions;
import org.junit.jupiter.api.Test;

/// What is said in version 1 is what devices say that know no other. Their digests were taken from the software of
/// before there was a second version, and are never written again; they go with that version.
class OldestVersionTest {
    private static final int OLDEST = 1;

    @Test
    void whatIsSaidInTheFirstVersionIsWhatItsDevicesSay() throws IOException {
        Set<String> said = new TreeSet<>();
        SampleMessages.control(OLDEST).forEach(m -> said.add(line(m, ControlCodec.toOctets(m, OLDEST))));
        SampleMessages.join().forEach(m -> said.add(line(m, JoinMessage.toOctets(m, OLDEST))));
        SampleMessages.discovery(ProtocolVersions.FIRST).forEach(m -> said.add(line(m, DiscoveryMessage.toOctets(m))));
        StatusMessage status = SampleMessages.status();
        said.add(line(status, status.toOctets(OLDEST)));
        List<String> before = before();
        assertEquals(29, before.size());
        before.forEach(line -> assertTrue(said.contains(line), "another message than before: " + line));
    }

    /// A device of the first version takes what follows for padding.
    @Test
    void anAnnouncementSaysItsVersionsBehindWhatTheFirstVersionReads() {
        byte[] first = announced(ProtocolVersions.FIRST);
        byte[] second = announced(new ProtocolVersions(2));
        assertEquals(first.length + 3, second.length);
        for (int i = 0; i < first.length; i++) {
            assertEquals(first[i], second[i]);
        }
    }

    @Test
    void whatTheFirstVersionDoesNotKnowIsNotSaidToIt() {
        ControlMessage inquiry = new ControlMessage.Inspect(new InspectionMessage.Inquiry(1, List.of()));
        assertFalse(ControlCodec.knows(inquiry, OLDEST));
        assertTrue(ControlCodec.knows(inquiry, OLDEST + 1));
        assertTrue(ControlCodec.knows(new ControlMessage.VoteRequest(1, false, 1), OLDEST));
    }

    @Test
    void aReasonThatTheFirstVersionDoesNotKnowIsSaidAsOneThatItKnows() {
        ControlMessage said = new ControlMessage.HandOver(7, Reason.PREEMPTED, "text");
        assertEquals(said, ControlCodec.parse(ControlCodec.toOctets(said, 2), 2));
        assertEquals(
                new ControlMessage.HandOver(7, Reason.GAVE_UP, "text"),
                ControlCodec.parse(ControlCodec.toOctets(said, OLDEST), OLDEST));
    }

    @Test
    void aRecordSaysTheSameInAllVersions() {
        for (Reason reason : Reason.values()) {
            ElementEvent event = new ElementEvent(
                    "A1/1/1", ElementEvent.Kind.MASTER_SWITCHED, 1, "A1", 2, reason, "why", Map.of("votes", "1,2"));
            byte[] first = octets(event, OLDEST);
            assertArrayEquals(first, octets(event, ProtocolVersions.NEWEST));
            assertEquals(event, EventCodec.parse(new OctetReader(first), OLDEST));
        }
    }

    private static byte[] octets(ElementEvent event, int version) {
        OctetWriter out = new OctetWriter(64);
        EventCodec.emit(out, event, version);
        return out.toOctets();
    }

    private static byte[] announced(ProtocolVersions versions) {
        return DiscoveryMessage.toOctets(SampleMessages.discovery(versions).getLast());
    }

    private static List<String> before() throws IOException {
        try (InputStream in = Objects.requireNonNull(OldestVersionTest.class.getResourceAsStream("version-1.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String line(Object message, byte[] octets) {
        Object named = switch (message) {
            case ControlMessage.Log(LogMessage log) -> log;
            case ControlMessage.Kept(KeptMessage kept) -> kept;
            default -> message;
        };
        return named.getClass().getSimpleName() + " " + Digest.of(octets);
    }
}
