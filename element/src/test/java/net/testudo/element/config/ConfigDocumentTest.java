package net.testudo.element.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.testudo.element.config.ConfigDocument.Malformed;
import net.testudo.element.config.ConfigDocument.Reason;
import net.testudo.element.config.ConfigDocument.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigDocumentTest {
    private static final String TEXT = """
            /m:c/enabled = true
            /m:c/port[.='a']
            /m:c/port[.='b']
            /m:c/net[name='outside']/address = 198.51.100.1/24
            /m:c/net[name='outside']/witness[.='198.51.100.254']
            /m:c/net[name='inside']/address = 10.0.0.1/24
            /m:c/empty[name='x']
            /p:p/rule[name='it\\'s "so"']/text = line\\none\\\\two
            """;

    @Test
    void whatIsParsedIsWrittenTheSame() {
        assertEquals(TEXT, document(TEXT).text());
        assertEquals(document(TEXT), document(TEXT.stripTrailing()));
        assertEquals("", document("").text());
    }

    @Test
    void leavesAndListsAreFoundByPath() {
        ConfigDocument document = document(TEXT);
        assertEquals(Optional.of("true"), document.value("/m:c/enabled"));
        assertEquals(Optional.of("10.0.0.1/24"), document.value("/m:c/net[name=\"inside\"]/address"));
        assertEquals(Optional.empty(), document.value("/m:c/missing"));
        assertEquals(List.of("outside", "inside"), document.keys("/m:c/net", "name"));
        assertEquals(List.of("a", "b"), document.leafList("/m:c/port"));
        assertEquals(List.of("198.51.100.254"), document.leafList("/m:c/net[name='outside']/witness"));
        assertEquals(List.of("it's \"so\""), document.keys("/p:p/rule", "name"));
        String rule = ConfigPath.entry("/p:p/rule", "name", "it's \"so\"");
        assertEquals(Optional.of("line\none\\two"), document.value(rule + "/text"));
        assertTrue(document.contains("/m:c/net[name='inside']"));
        assertTrue(document.contains("/m:c/empty[name='x']"));
        assertFalse(document.contains("/m:c/net[name='dmz']"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            m:c/enabled = true       | PATH_EXPECTED
            /m:c//x = 1              | NAME_EXPECTED
            /m:c/x[=1]               | NAME_EXPECTED
            /m:c/x[a]                | PREDICATE_MALFORMED
            /m:c/x[a=1]              | PREDICATE_MALFORMED
            /m:c/x[a='1              | PREDICATE_MALFORMED
            /m:c/x[a='1\\            | PREDICATE_MALFORMED
            /m:c/x[a='1'             | PREDICATE_MALFORMED
            /m:c/x[a='\\q']          | ESCAPE_UNKNOWN
            /m:c/x = \\q             | ESCAPE_UNKNOWN
            /m:c/x = a\\             | ESCAPE_UNKNOWN
            /m:c/x=1                 | SEPARATOR_EXPECTED
            /m:c/x is 1              | SEPARATOR_EXPECTED
            /m:c/x[.='1'] = 1        | VALUE_TWICE
            /m:c/enabled = false     | PATH_TWICE
            """)
    void aMalformedLineIsNamedWithItsReason(String line, Reason reason) {
        assertEquals(new Malformed(2, reason), ConfigDocument.parse("/m:c/enabled = true\n" + line + "\n/x:y = 1\n"));
    }

    @Test
    void anEmptyLineIsMalformed() {
        assertEquals(new Malformed(2, Reason.PATH_EXPECTED), ConfigDocument.parse("/a = 1\n\n/b = 2\n"));
    }

    @Test
    void aNewListEntryGoesBehindTheLastOfItsList() {
        ConfigDocument document = document(TEXT)
                .with("/m:c/net[name='dmz']/address", "10.1.0.1/24")
                .with("/m:c/port[.='c']")
                .with("/m:c/net[name='outside']/liveness", "false")
                .with("/m:c/empty[name='x']/leaf", "1")
                .with("/m:c/enabled", "false")
                .with("/q:q/new", "");
        assertEquals("""
                /m:c/enabled = false
                /m:c/port[.='a']
                /m:c/port[.='b']
                /m:c/port[.='c']
                /m:c/net[name='outside']/address = 198.51.100.1/24
                /m:c/net[name='outside']/witness[.='198.51.100.254']
                /m:c/net[name='outside']/liveness = false
                /m:c/net[name='inside']/address = 10.0.0.1/24
                /m:c/net[name='dmz']/address = 10.1.0.1/24
                /m:c/empty[name='x']/leaf = 1
                /p:p/rule[name='it\\'s "so"']/text = line\\none\\\\two
                /q:q/new =\s
                """, document.text());
        assertEquals(document, document(document.text()));
    }

    @Test
    void removingKeepsTheEntryWhoseLastLeafWent() {
        ConfigDocument document = document(TEXT)
                .without("/m:c/net[name='inside']/address")
                .without("/m:c/net[name='outside']")
                .without("/m:c/port");
        assertEquals(List.of("inside"), document.keys("/m:c/net", "name"));
        assertTrue(document.text().contains("\n/m:c/net[name='inside']\n"), document::text);
        assertEquals(List.of(), document.leafList("/m:c/port"));
        assertEquals(Optional.of("true"), document.value("/m:c/enabled"));
        assertEquals(ConfigDocument.EMPTY, document(TEXT).without("/m:c").without("/p:p"));
    }

    @Test
    void differenceNamesChangedLinesAndReorderedLists() {
        ConfigDocument older = document(TEXT);
        ConfigDocument newer = older.with("/m:c/enabled", "false")
                .without("/m:c/net[name='inside']")
                .without("/m:c/port[.='a']")
                .with("/m:c/port[.='a']")
                .with("/n:n/x", "1");
        assertEquals(
                List.of("/m:c/enabled", "/m:c/net[name='inside']/address", "/n:n/x", "/m:c/port"),
                ConfigDocument.difference(older, newer));
        assertEquals(List.of(), ConfigDocument.difference(older, document(TEXT)));
    }

    @Test
    void editsRefuseWhatIsNoPath() {
        assertThrows(IllegalArgumentException.class, () -> ConfigDocument.EMPTY.with("x", "1"));
        assertThrows(IllegalArgumentException.class, () -> ConfigDocument.EMPTY.without("/x["));
    }

    @Test
    void randomDocumentsSurviveTheRoundTrip() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ConfigDocument document = ConfigDocument.EMPTY;
            for (int i = 0; i < 30; i++) {
                String path = randomPath(random);
                String value = randomText(random);
                document = random.nextInt(5) == 0 ? document.without(path) : document.with(path, value);
            }
            String context = "seed " + seed;
            assertEquals(document, document(document.text()), context);
            for (String path : document.paths()) {
                assertTrue(document.contains(path), context);
            }
        }
    }

    @Test
    void mutatedTextsNeverThrow() {
        int valid = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(TEXT);
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.append(text.isEmpty() ? "/" : "");
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "/[]='\"\\\n .:x".charAt(random.nextInt(12)));
                    default -> text.setLength(at + 1);
                }
            }
            switch (ConfigDocument.parse(text.toString())) {
                case Valid(ConfigDocument document) -> {
                    valid++;
                    assertEquals(document, document(document.text()), "seed " + seed);
                }
                case Malformed malformed ->
                    assertTrue(
                            malformed.lineNumber() >= 1
                                    && malformed.lineNumber() <= text.toString().split("\n", -1).length,
                            "seed " + seed);
            }
        }
        assertTrue(valid > 100, "some mutations keep the text valid");
    }

    private static String randomPath(Random random) {
        List<String> steps = new ArrayList<>(List.of("/m:c"));
        for (int i = random.nextInt(3); i >= 0; i--) {
            String name = "/" + (char) ('a' + random.nextInt(3));
            steps.add(random.nextBoolean() ? name : ConfigPath.entry(name, "k", randomText(random)));
        }
        steps.add("/leaf" + random.nextInt(3));
        return String.join("", steps);
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append("ab'\"\\\n =/[]é".charAt(random.nextInt(12)));
        }
        return text.toString();
    }

    private static ConfigDocument document(String text) {
        return assertInstanceOf(Valid.class, ConfigDocument.parse(text)).document();
    }
}
