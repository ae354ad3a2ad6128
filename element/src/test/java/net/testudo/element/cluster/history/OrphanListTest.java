package net.testudo.element.cluster.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.testudo.element.management.Content;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.RevisionNote;
import org.junit.jupiter.api.Test;

/// What is kept of a line that the cluster did not take.
final class OrphanListTest {
    private static final long NOW_MS = 1_767_225_600_000L;

    private Line line = Line.of(revision(1, Digest.ZERO, "first", 1));
    private ContentArchive archive = ContentArchive.EMPTY;

    private static Revision revision(long number, Digest parent, String name, int voter) {
        Content content = new Content("/a:name = " + name + "\n", "/a:key = " + name + "\n");
        return new Revision(
                new RevisionHeader(
                        number,
                        parent,
                        Revision.hash(content),
                        DeviceSet.of(voter),
                        0,
                        new TreeMap<>(),
                        new TreeMap<>(),
                        0,
                        "",
                        RevisionNote.own(0)),
                content);
    }

    private static Line next(Line line, String name, int voter) {
        return line.plus(revision(line.number() + 1, line.newest().header().hash(), name, voter));
    }

    private void decide(String name, int voter) {
        Line longer = next(line, name, voter);
        archive = archive.following(line, longer);
        line = longer;
    }

    private static List<Long> numbers(OrphanList list) {
        return list.notes().stream().map(note -> note.header().number()).toList();
    }

    @Test
    void eachContentThatTheOtherLineDoesNotHaveIsKept() {
        Line other = next(next(next(next(line, "x", 1), "y", 1), "z", 1), "z", 1);
        decide("first", 2);
        decide("a", 2);
        decide("b", 2);
        decide("b", 1);
        OrphanList kept = OrphanList.EMPTY.plus(line, archive, other, NOW_MS);
        assertEquals(List.of(5L, 3L), numbers(kept));
        Digest hash = kept.notes().getLast().header().contentHash();
        assertEquals("/a:name = a\n", kept.content(hash).orElseThrow().configuration());
        assertEquals(other.headers().get(2).hash(), kept.notes().getLast().instead());
        assertEquals(NOW_MS, kept.notes().getLast().keptMs());
    }

    @Test
    void theNewestRevisionIsKeptAlsoIfOnlyItsVotersDiffer() {
        Line other = next(line, "first", 1);
        decide("first", 2);
        assertEquals(List.of(2L), numbers(OrphanList.EMPTY.plus(line, archive, other, NOW_MS)));
    }

    @Test
    void theListIsBoundedAndTheOldestGoFirst() {
        Line other = next(next(line, "x", 1), "y", 1);
        OrphanList kept = OrphanList.EMPTY;
        for (int separation = 1; separation <= OrphanList.COUNT_MAX + 1; separation++) {
            kept = kept.plus(next(line, "own" + separation, 2), ContentArchive.EMPTY, other, NOW_MS);
        }
        assertEquals(OrphanList.COUNT_MAX, kept.orphans().size());
        Digest oldest = Revision.hash(new Content("/a:name = own2\n", "/a:key = own2\n"));
        assertEquals(oldest, kept.notes().getLast().header().contentHash());
    }

    @Test
    void theNewestContentIsHeldHoweverLargeAndOthersWhileThereIsRoom() {
        Line other = next(next(next(line, "x", 1), "y", 1), "z", 1);
        String large = "l".repeat(OrphanList.CHARACTERS_MAX);
        decide(large + "a", 2);
        decide(large + "b", 2);
        OrphanList kept = OrphanList.EMPTY.plus(line, archive, other, NOW_MS);
        assertEquals(List.of(3L, 2L), numbers(kept));
        assertTrue(kept.notes().getFirst().size() > OrphanList.CHARACTERS_MAX);
        assertEquals(-1, kept.notes().getLast().size());
        assertEquals(
                Optional.empty(), kept.content(kept.notes().getLast().header().contentHash()));
    }

    @Test
    void aDismissedOneIsGoneAndTheOthersStay() {
        Line other = next(next(next(line, "x", 1), "y", 1), "z", 1);
        decide("a", 2);
        decide("b", 2);
        OrphanList kept = OrphanList.EMPTY.plus(line, archive, other, NOW_MS);
        assertEquals(
                List.of(2L),
                numbers(kept.without(kept.notes().getFirst().header().hash())));
        OctetWriter out = new OctetWriter(64);
        kept.emit(out);
        assertEquals(kept, OrphanList.parse(new OctetReader(out.toOctets())));
    }
}
