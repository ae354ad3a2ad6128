package net.testudo.lab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.testudo.lab.cluster.NetconfClient.CommitAnswer;
import net.testudo.lab.cluster.NetconfClient.Fate;
import org.junit.jupiter.api.Test;

class RevisionLineTest {
    private final RevisionLine line = new RevisionLine();
    private final CommitLedger ledger = new CommitLedger();

    private static Revision revision(long number, String commitId) {
        return new Revision(number, "h" + number, "h" + (number - 1), commitId);
    }

    private void told(String id, Fate fate) {
        ledger.add(id, new CommitAnswer(fate, ""));
    }

    @Test
    void readsThatOverlapMakeOneLine() {
        assertEquals(List.of(), line.read(List.of(revision(1, "a"), revision(2, ""))));
        assertEquals(List.of(), line.read(List.of(revision(2, ""), revision(3, "b"))));
        assertEquals(0, line.gaps());
        assertEquals(3, line.newest());
        assertTrue(line.has("a") && line.has("b") && !line.has("c"));
        assertEquals(List.of(revision(3, "b"), revision(2, "")), line.newest(2));
    }

    @Test
    void whatWentByUnseenIsCounted() {
        line.read(List.of(revision(1, "a")));
        line.read(List.of(revision(4, "b")));
        assertEquals(2, line.gaps());
    }

    @Test
    void anotherRevisionUnderTheSameNumberIsSeen() {
        line.read(List.of(revision(1, "a"), revision(2, "b")));
        List<String> broken = line.read(List.of(revision(1, "a"), new Revision(2, "other", "h1", "c")));
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(broken.getFirst().startsWith("revision 2 was "), broken.toString());
    }

    @Test
    void aRevisionOfAnotherParentIsSeen() {
        line.read(List.of(revision(1, "a")));
        List<String> broken = line.read(List.of(new Revision(2, "h2", "other", "b")));
        assertTrue(broken.toString().contains("does not follow"), broken.toString());
    }

    @Test
    void aLineThatWentBackIsSeen() {
        line.read(List.of(revision(1, "a"), revision(2, "b")));
        assertEquals(List.of("the newest revision was 2 and is 1"), line.read(List.of(revision(1, "a"))));
    }

    @Test
    void aCommitThatIsTwiceOnTheLineIsSeen() {
        List<String> broken = line.read(List.of(revision(1, "a"), revision(2, "a")));
        assertEquals(List.of("a is revision 1 and revision 2"), broken);
    }

    @Test
    void whatWasAcknowledgedIsThereInOrderAndWhatWasRefusedIsNot() {
        told("a", Fate.ACKNOWLEDGED);
        told("b", Fate.REFUSED);
        told("c", Fate.UNKNOWN);
        told("d", Fate.ACKNOWLEDGED);
        line.read(List.of(revision(1, "a"), revision(2, "c"), revision(3, "d")));
        assertEquals(List.of(), line.check(ledger));

        told("lost", Fate.ACKNOWLEDGED);
        assertEquals(List.of("lost was acknowledged and is not on the line of revisions"), line.check(ledger));
        line.read(List.of(revision(4, "lost"), revision(5, "b")));
        assertEquals(List.of("b was answered with an error and is revision 5"), line.check(ledger));
    }

    @Test
    void whatWasAcknowledgedOutOfOrderIsSeen() {
        told("second", Fate.ACKNOWLEDGED);
        told("first", Fate.ACKNOWLEDGED);
        line.read(List.of(revision(1, "first"), revision(2, "second")));
        assertEquals(
                List.of("first is revision 1, not after the one that was acknowledged before it"), line.check(ledger));
    }
}
