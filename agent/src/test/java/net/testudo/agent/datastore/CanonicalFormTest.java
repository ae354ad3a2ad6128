package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import net.testudo.element.management.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Canonical text to a tree and back.
final class CanonicalFormTest {
    private static final CanonicalReader READER = new CanonicalReader(TestModels.EVERYTHING);
    private static final CanonicalWriter WRITER = new CanonicalWriter(TestModels.EVERYTHING);

    private static Content again(Content content) throws CanonicalFormException {
        return WRITER.write(READER.read(content));
    }

    @Test
    void aTextInCanonicalFormComesBackAsItWas() throws CanonicalFormException {
        Content content = new Content("""
                /testudo-test:top/text = a
                /testudo-test:top/number = -3
                /testudo-test:top/fraction = 1.25
                /testudo-test:top/flag = true
                /testudo-test:top/mark =\s
                /testudo-test:top/octets = AAEC
                /testudo-test:top/either = auto
                /testudo-test:top/tag[.='a']
                /testudo-test:top/tag[.='b']
                /testudo-test:top/hop[.='z']
                /testudo-test:top/hop[.='a']
                /testudo-test:top/present
                /testudo-test:top/second/part = p
                /testudo-test:top/pair[left='l'][right='1']/note = n
                /testudo-test:top/pair[left='l'][right='2']/deep[name='y']
                /testudo-test:top/pair[left='l'][right='2']/deep[name='x']/value = v
                /testudo-test:top/pair[left='m'][right='1']
                """, """
                /testudo-test:top/hidden = h
                /testudo-test:top/pair[left='l'][right='2']/deep[name='x']/key = k
                """);
        assertEquals(content, again(content));
    }

    @Test
    void orderIsThatOfTheSchemaAndOfTheKeysWhateverTheOrderOfTheText() throws CanonicalFormException {
        Content content = new Content("""
                /testudo-test:top/pair[left='b'][right='1']
                /testudo-test:top/tag[.='z']
                /testudo-test:top/pair[left='a'][right='1']/note = n
                /testudo-test:top/tag[.='y']
                /testudo-test:top/text = t
                """, "");
        assertEquals("""
                /testudo-test:top/text = t
                /testudo-test:top/tag[.='y']
                /testudo-test:top/tag[.='z']
                /testudo-test:top/pair[left='a'][right='1']/note = n
                /testudo-test:top/pair[left='b'][right='1']
                """, again(content).configuration());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "'", "\"", "'\"", "\\", "\\n", "a\nb", "a\r\nb", "]", "['x']", " = ", "é𝄞", "a\tb", "/"
            })
    void awkwardValuesAndKeysComeBackAsTheyWere(String value) throws CanonicalFormException {
        Content content = new Content(
                CanonicalLine.of("/testudo-test:top/text", value)
                        + "/testudo-test:top/tag[.=" + CanonicalPath.quote(value) + "]\n"
                        + CanonicalLine.of(
                                "/testudo-test:top/pair[left=" + CanonicalPath.quote(value) + "][right='1']/note",
                                value),
                CanonicalLine.of("/testudo-test:top/hidden", value));
        assertEquals(content, again(content));
        List<CanonicalLine> lines = CanonicalLine.parseAll(content.configuration());
        assertEquals(value, lines.getFirst().value());
        assertEquals(
                value, lines.get(1).path().steps().getLast().keys().getFirst().value());
    }

    @Test
    void randomTreesComeBackWithTheSameLines() throws CanonicalFormException {
        for (int seed = 0; seed < 300; seed++) {
            Content content = new RandomContent(new Random(seed)).next();
            Content once = again(content);
            String what = "seed " + seed;
            assertEquals(sorted(content.configuration()), sorted(once.configuration()), what);
            assertEquals(sorted(content.secrets()), sorted(once.secrets()), what);
            assertEquals(once, again(once), what);
        }
    }

    private static SortedSet<String> sorted(String text) {
        return new TreeSet<>(Arrays.asList(text.split("\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no path\n",
                "/testudo-test:top/text = a",
                "/top/text = a\n",
                "/testudo-test:top/nothing = a\n",
                "/testudo-test:top/number = a\n",
                "/nothing:top = a\n",
                "/testudo-test:top/pair[left='a\n",
                "/testudo-test:top/pair[left='a']x\n",
                "/testudo-test:top/text=a\n",
                "/testudo-test:top/text = \\x\n",
                "/testudo-test:top/text = \\\n",
            })
    void aTextThatIsNotInCanonicalFormIsRefused(String text) {
        assertThrows(CanonicalFormException.class, () -> READER.read(new Content(text, "")));
    }
}
