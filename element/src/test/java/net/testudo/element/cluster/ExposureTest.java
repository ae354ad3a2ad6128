package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.IdentityConfig;
import net.testudo.element.config.IdentityConfig.Settled;
import net.testudo.element.config.IdentityConfig.Settlement;
import net.testudo.element.management.Content;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.DeviceKey;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.PublicKey;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.RevisionNote;
import org.junit.jupiter.api.Test;

/// Who took the cluster's secrets along, and the contents that settle it.
class ExposureTest {
    private static final IdentityConfig NOTHING = new IdentityConfig(new TreeMap<>());
    private static final String MARK = "00000000000000ab";
    private static final Content CONTENT = new Content("""
            /testudo-cluster:cluster/enabled = true
            /testudo-cluster:cluster/name = demo
            /testudo-cluster:cluster/cluster-port[.='clu']
            /testudo-cluster:cluster/data-network[name='outside']/address = 198.51.100.1/24
            /testudo-cluster:cluster/member[serial='A1']/id = 1
            """, """
            /testudo-cluster:cluster/join-key[serial='A1']/key = 00112233445566778899aabbccddeeff
            /testudo-cluster:cluster/join-key[serial='A4']/key = 00112233445566778899aabbccddeeff
            /testudo-system:system/ssh/host-key = b2xk
            """);

    private static RevisionHeader header(boolean revoked) {
        SortedMap<Integer, DeviceKey> keys = new TreeMap<>(Map.of(
                1, new DeviceKey(new PublicKey(1, 0, 0, 0), false),
                4, new DeviceKey(new PublicKey(0xab, 0, 0, 0), revoked)));
        SortedMap<String, Integer> numbers = new TreeMap<>(Map.of("A1", 1, "A4", 4));
        return new RevisionHeader(
                9, Digest.ZERO, Digest.ZERO, DeviceSet.of(1), 0, numbers, keys, 0, "", RevisionNote.own(0));
    }

    private static IdentityConfig identity(Content content) {
        return ((ClusterConfig.Valid) ClusterConfig.parse(content))
                .config()
                .operation()
                .identity();
    }

    @Test
    void aMemberIsNoExposureAndOneThatWasTakenOutIs() {
        assertTrue(Exposure.of(header(false), NOTHING).isEmpty());
        assertEquals(Map.of(4, MARK), Exposure.of(header(true), NOTHING));
    }

    @Test
    void whatIsSettledForOneAdmissionIsNotForTheNext() {
        for (Settlement by : Settlement.values()) {
            SortedMap<Integer, Settled> settled = new TreeMap<>(Map.of(4, new Settled(MARK, by, "", "")));
            assertTrue(Exposure.of(header(true), new IdentityConfig(settled)).isEmpty());
            settled.put(4, new Settled("00000000000000ac", by, "", ""));
            assertEquals(Map.of(4, MARK), Exposure.of(header(true), new IdentityConfig(settled)));
        }
    }

    @Test
    void whatIsWrittenAsSettledIsReadAsSettled() {
        Content settled =
                IdentityContent.settled(CONTENT, Exposure.of(header(true), NOTHING), Settlement.WAIVER, "ops", "burnt");
        assertEquals(
                Map.of(4, new Settled(MARK, Settlement.WAIVER, "ops", "burnt")),
                identity(settled).settled());
        assertTrue(Exposure.of(header(true), identity(settled)).isEmpty());
        Content again = IdentityContent.settled(
                settled, new TreeMap<>(Map.of(4, "0000000000000001")), Settlement.ROTATION, "", "");
        assertEquals(
                Map.of(4, new Settled("0000000000000001", Settlement.ROTATION, "", "")),
                identity(again).settled());
        assertEquals(CONTENT.secrets(), again.secrets());
    }

    @Test
    void onlyTheNamedSecretsAreReplaced() {
        ClusterConfig config = ((ClusterConfig.Valid) ClusterConfig.parse(CONTENT)).config();
        Content keyed = IdentityContent.withHostKey(CONTENT, "bmV3");
        assertEquals(CONTENT.secrets().replace("b2xk", "bmV3"), keyed.secrets());
        Content without = IdentityContent.withoutStrangersKeys(CONTENT, config);
        assertTrue(without.secrets().contains("[serial='A1']"));
        assertFalse(without.secrets().contains("[serial='A4']"));
        assertEquals(CONTENT.configuration(), without.configuration());
    }

    @Test
    void anEntryThatNamesNoDeviceIsAFault() {
        Content broken = new Content(
                CONTENT.configuration() + "/testudo-cluster:cluster/testudo-identity:identity/"
                        + "settled-exposure[device='64']/by = rotation\n"
                        + "/testudo-cluster:cluster/testudo-identity:identity/settled-exposure[device='4']/by = luck\n",
                "");
        assertEquals(
                2,
                ((ClusterConfig.Invalid) ClusterConfig.parse(broken)).faults().size());
    }
}
