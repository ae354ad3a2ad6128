package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.testudo.lab.Await;
import net.testudo.lab.Capture;
import net.testudo.lab.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What somebody sees who listens on the networks of a cluster (JON-04, JON-05, FRM-12, MON-06).
class SealedNetworkIT {
    private static final List<String> SERIALS = List.of("serial-of-first", "serial-of-second", "serial-of-third");
    private static final String NAME = "a-name-nobody-may-read";
    private static final String JOIN_KEY_TEXT = "5a5a5a5a5a5a";
    /// The first octet of a frame in clear: discovery, handshake.
    private static final Set<String> CLEAR_TYPES = Set.of("01", "02");

    private final DeviceLab lab = DeviceLab.open(SERIALS.size());

    @AfterEach
    void closeLab() {
        lab.close();
    }

    @Tag("FRM-12")
    @Tag("JON-04")
    @Tag("JON-05")
    @Tag("MON-06")
    @Test
    void onlyDiscoveryAndHandshakesAreInClearAndTheRestIs8021AE() {
        Capture cluster = Capture.of(lab.lab(), Network.CLUSTER);
        Capture outside = Capture.of(lab.lab(), Network.OUTSIDE);
        formAndCommit();
        cluster.close();
        outside.close();

        assertEquals(List.of(), cluster.fields("not (eth.type == 0x88b5 or macsec)", List.of("frame.protocols")));
        assertClearOnly(cluster, CLEAR_TYPES);
        assertClearOnly(outside, Set.of("02"));
        assertSealed(cluster);
        assertSealed(outside);
        // The search finds what is in clear.
        assertTrue(cluster.contains("eth.type == 0x88b5", SERIALS.get(1)));
        for (Capture capture : List.of(cluster, outside)) {
            assertFalse(capture.contains("frame", NAME));
            assertFalse(capture.contains("frame", JOIN_KEY_TEXT));
            SERIALS.forEach(serial -> assertFalse(capture.contains("macsec", serial)));
        }
    }

    /// Three devices join, take a configuration, and commit another.
    private void formAndCommit() {
        for (int device = 1; device <= SERIALS.size(); device++) {
            lab.start(device, SERIALS.get(device - 1));
        }
        try (RawNetconf session = lab.form(SERIALS.subList(1, SERIALS.size()))) {
            Await.until(
                    "three members",
                    DeviceLab.LIMIT,
                    () -> session.rpc(RawNetconf.state("<member/>")),
                    members -> members.split("<in-sync>true", -1).length == SERIALS.size() + 1);
            session.ok(RawNetconf.edit(
                    "<cluster xmlns='urn:testudo:yang:testudo-cluster'><name>" + NAME + "</name></cluster>"));
            session.ok("<commit/>");
        }
    }

    private static void assertClearOnly(Capture capture, Set<String> types) {
        Set<String> seen = new TreeSet<>();
        for (List<String> frame : capture.fields("eth.type == 0x88b5 and not macsec", List.of("data.data"))) {
            seen.add(frame.getFirst().substring(0, 2));
        }
        assertEquals(new TreeSet<>(types), seen);
    }

    /// Every sealed frame names its sender and has a number of its own: no nonce is used twice.
    private static void assertSealed(Capture capture) {
        List<String> fields = List.of(
                "macsec.TCI",
                "macsec.AN",
                "macsec.SCI.system_identifier",
                "macsec.SCI.port_identifier",
                "macsec.PN",
                "macsec.ICV");
        Set<List<String>> nonces = new HashSet<>();
        Set<String> senders = new TreeSet<>();
        for (List<String> frame : capture.fields("eth.type == 0x88e5", fields)) {
            assertFalse(frame.contains(""), () -> "not decoded: " + frame);
            assertEquals("0x0b", frame.getFirst(), "explicit SCI, encrypted, changed");
            assertTrue(nonces.add(frame.subList(1, 5)), () -> "a number was used twice: " + frame);
            senders.add(frame.get(2));
        }
        assertTrue(senders.size() >= SERIALS.size(), "senders: " + senders);
    }
}
