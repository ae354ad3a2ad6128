package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.TreeMap;
import net.testudo.element.management.Content;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.JoinMessage.Offer;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;
import org.junit.jupiter.api.Test;

/// Which offers of a cluster a device takes.
class CandidacyTest {
    private final OneDevice device = OneDevice.unconfigured();
    private final Line older = Line.of(revision(1, Digest.ZERO));
    private final Line newer = older.plus(revision(2, older.newest().header().hash()));

    /// A revision of a cluster of the devices 2 and 3.
    private static Revision revision(long number, Digest parent) {
        Revision three = OneDevice.revision(number, parent);
        RevisionHeader header = three.header();
        String members = three.content().configuration().replaceAll("(?m)^\\S+/member\\[serial='S1'].*\n", "");
        Content content = new Content(members, "");
        TreeMap<String, Integer> numbers = new TreeMap<>(header.numbers());
        numbers.remove("S1");
        return new Revision(
                new RevisionHeader(
                        number,
                        parent,
                        Revision.hash(content),
                        DeviceSet.of(2, 3),
                        0,
                        numbers,
                        header.keys(),
                        0,
                        "",
                        header.note()),
                content);
    }

    private JoinMessage answerTo(int master, long epoch, Line line) {
        device.receives("S" + master, new Offer(OneDevice.CLUSTER, master, epoch, 4, 0, "", line));
        device.stores();
        return device.joinAnswer();
    }

    /// Found by the simulator: a device that had stood still went back to the offer of a master before.
    @Test
    void theOfferOfAMasterBeforeIsRefusedOnceALaterOneWasTaken() {
        assertInstanceOf(JoinMessage.Accepted.class, answerTo(2, 6, newer));
        assertInstanceOf(JoinMessage.Refused.class, answerTo(3, 5, older));
        assertEquals(2, device.revision());
        assertEquals(2, device.master());
    }

    @Test
    void theOfferOfALaterMasterIsTaken() {
        assertInstanceOf(JoinMessage.Accepted.class, answerTo(3, 5, older));
        assertInstanceOf(JoinMessage.Accepted.class, answerTo(2, 6, newer));
        assertEquals(2, device.revision());
        assertEquals(2, device.master());
    }

    @Test
    void theSameMasterMayOfferAgain() {
        assertInstanceOf(JoinMessage.Accepted.class, answerTo(2, 6, older));
        assertInstanceOf(JoinMessage.Accepted.class, answerTo(2, 6, newer));
        assertEquals(2, device.revision());
    }
}
