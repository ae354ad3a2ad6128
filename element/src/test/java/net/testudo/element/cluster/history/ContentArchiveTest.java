package net.testudo.element.cluster.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
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

class ContentArchiveTest {
    private static Content content(String configuration) {
        return new Content(configuration, "secret of " + configuration.length() + "\n");
    }

    private static Revision after(Line line, Content content) {
        RevisionHeader newest = line.newest().header();
        return revision(newest.number() + 1, newest.hash(), content);
    }

    private static Revision revision(long number, Digest parent, Content content) {
        return new Revision(
                new RevisionHeader(
                        number,
                        parent,
                        Revision.hash(content),
                        DeviceSet.of(1),
                        0,
                        new TreeMap<>(),
                        new TreeMap<>(),
                        0,
                        "",
                        RevisionNote.own(0)),
                content);
    }

    private static ContentArchive read(ContentArchive archive, Content newest) {
        OctetWriter out = new OctetWriter(64);
        archive.emit(out);
        OctetReader in = new OctetReader(out.toOctets());
        ContentArchive parsed = ContentArchive.parse(in, newest);
        assertTrue(in.complete());
        return parsed;
    }

    @Test
    void everyContentOfALineIsHeldAlsoAfterItWasOnDisk() {
        RandomGenerator random = new SplittableRandom(1);
        List<Content> contents = new ArrayList<>(List.of(content("a = 1\nb = 2\n")));
        Line line = Line.of(revision(1, Digest.ZERO, contents.getFirst()));
        ContentArchive archive = ContentArchive.EMPTY;
        for (int i = 0; i < 40; i++) {
            Content next = changed(contents.getLast(), random);
            Line longer = line.plus(after(line, next));
            archive = archive.following(line, longer);
            line = longer;
            contents.add(next);
        }
        Content newest = line.newest().content();
        assertEquals(archive, read(archive, newest));
        for (Content older : contents) {
            assertEquals(Optional.of(older), archive.content(Revision.hash(older), newest));
        }
    }

    private static Content changed(Content content, RandomGenerator random) {
        String text = content.configuration();
        int lines = (int) text.lines().count();
        int at = text.lines()
                .limit(random.nextInt(lines))
                .mapToInt(line -> line.length() + 1)
                .sum();
        String word =
                List.of("x", "\ud83d\ude00", "\ud83d\ude01", "", "\u00e9\n").get(random.nextInt(5));
        return content(new StringBuilder(text).insert(at, word).toString());
    }

    @Test
    void halfACharacterIsNeverStored() {
        for (String[] pair : new String[][] {{"\ud83d\ude00", "\ud83d\ude01"}, {"a\ud83d\ude00", "a\ud83e\ude00"}}) {
            Splice splice = Splice.of(pair[0], pair[1]);
            assertEquals(pair[1], splice.apply(pair[0]));
            assertEquals(2, splice.middle().length());
        }
    }

    @Test
    void aLineThatPartedKeepsOnlyWhatIsOnIt() {
        Line common = Line.of(revision(1, Digest.ZERO, content("one\n")));
        Line own = common.plus(after(common, content("ours\n")));
        Line other = common.plus(after(common, content("theirs\n")));
        Line longer = other.plus(after(other, content("more\n")));
        ContentArchive archive = ContentArchive.EMPTY.following(common, own).following(own, longer);
        Content newest = longer.newest().content();
        assertTrue(archive.content(Revision.hash(content("one\n")), newest).isPresent());
        assertFalse(archive.content(Revision.hash(content("ours\n")), newest).isPresent());
        assertFalse(archive.content(Revision.hash(content("theirs\n")), newest).isPresent());
    }

    @Test
    void whatIsHeldIsBounded() {
        Line line = Line.of(revision(1, Digest.ZERO, content("0".repeat(50_000))));
        ContentArchive archive = ContentArchive.EMPTY;
        for (int i = 1; i <= 9; i++) {
            Line longer = line.plus(after(line, content(Integer.toString(i).repeat(50_000))));
            archive = archive.following(line, longer);
            line = longer;
        }
        assertEquals(5, archive.entries().size());
        for (int i = 0; i < 100; i++) {
            Line longer = line.plus(after(line, content("v" + i)));
            archive = archive.following(line, longer);
            line = longer;
        }
        assertEquals(Line.HEADER_COUNT_MAX, archive.entries().size());
        Line huge = line.plus(after(line, content("x".repeat(ContentArchive.CHARACTERS_MAX))));
        archive = archive.following(line, huge);
        assertEquals(ContentArchive.EMPTY, archive.following(huge, huge.plus(after(huge, content("small")))));
    }

    @Test
    void whatDoesNotFitToTheNewestContentIsMalformed() {
        Line line = Line.of(revision(1, Digest.ZERO, content("first\n")));
        Line longer = line.plus(after(line, content("second\n")));
        OctetWriter out = new OctetWriter(64);
        ContentArchive.EMPTY.following(line, longer).emit(out);
        OctetReader in = new OctetReader(out.toOctets());
        assertEquals(ContentArchive.EMPTY, ContentArchive.parse(in, content("")));
        assertFalse(in.sound());
    }
}
