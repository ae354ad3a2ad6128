package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.testudo.element.net.MacAddress;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.DeviceIdentity;
import org.junit.jupiter.api.Test;

/// What the ids of events are made of.
class EventIdTest {
    private static final String FORM = "S1/1-[0-9a-f]{8}/[12]";

    @Test
    void noIdComesTwiceWhenTheDiskWasEmptied() {
        List<String> before = idsOfAFirstStart(1);
        List<String> after = idsOfAFirstStart(2);
        assertTrue(before.stream().allMatch(id -> id.matches(FORM)), before.toString());
        assertTrue(after.stream().allMatch(id -> id.matches(FORM)), after.toString());
        after.forEach(id -> assertFalse(before.contains(id), id));
    }

    @Test
    void eventsOfOneStartDifferInTheirNumber() {
        List<String> ids = idsOfAFirstStart(1);
        assertEquals(boot(ids.get(0)), boot(ids.get(1)));
        assertNotEquals(ids.get(0), ids.get(1));
    }

    private static String boot(String id) {
        return id.split("/", -1)[1];
    }

    /// Of two events of a device whose disk is empty.
    private static List<String> idsOfAFirstStart(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Effects out = new Effects();
        ClusterNode node =
                new ClusterNode(identity("S1"), Timing.REAL_TIME, StartImage.of(null), random, random::nextBytes, 0);
        List<String> ids = new ArrayList<>();
        for (String other : List.of("S2", "S3")) {
            node.step(new Event.DeviceHeard(identity(other), new MacAddress(0x0200_0000_0002L), ""), 1, out);
        }
        for (Effect effect : out.drain()) {
            if (effect instanceof Effect.Notify notify) {
                ids.add(notify.event().id());
            }
        }
        return ids;
    }

    private static DeviceIdentity identity(String serial) {
        return new DeviceIdentity(serial, "test", "1", "1", "0.1.0", List.of(), "", ProtocolVersions.OWN);
    }
}
