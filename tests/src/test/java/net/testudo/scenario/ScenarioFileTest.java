package net.testudo.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioFileTest {
    private static final String TEXT = """
            # The backup takes over.
            cluster devices=3
            kill 1
            ----
            1 off

            advance 1s
            ----
            """;

    @Test
    void blocksAreReadAndWrittenBack() {
        ScenarioFile file = ScenarioFile.parse(TEXT);
        assertEquals(
                List.of(
                        new ScenarioFile.Block(List.of("cluster devices=3", "kill 1"), List.of("1 off")),
                        new ScenarioFile.Block(List.of("advance 1s"), List.of())),
                file.blocks());
        assertEquals(TEXT, file.toText());
    }

    @Test
    void malformedFilesAreRefusedWithTheReason() {
        assertRefused("a scenario begins with a comment that says what it shows", "kill 1\n----\n");
        assertRefused("the last block of commands ends with ----", "# x\nkill 1\n");
        assertRefused("line 3: a block of commands ends with ----", "# x\nkill 1\n\n----\n");
        assertRefused("a scenario needs a block of commands", "# x\n");
    }

    @Test
    void durationsAreReadWithTheirUnit() {
        assertEquals(250_000_000L, Words.durationNs("250ms"));
        assertEquals(3_000_000_000L, Words.durationNs("3s"));
        assertThrows(IllegalArgumentException.class, () -> Words.durationNs("3"));
    }

    @Test
    void wordsAreReadByPlaceAndByName() {
        Words words = new Words("cut 1 2 outside one-way times=3");
        assertEquals("cut", words.verb());
        assertEquals(1, words.number(1));
        assertEquals("outside", words.at(3, "all"));
        assertEquals("all", words.at(6, "all"));
        assertEquals("3", words.named("times", "1"));
        assertEquals(true, words.has("one-way"));
        assertThrows(IllegalArgumentException.class, () -> words.number(3));
    }

    private static void assertRefused(String message, String text) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> ScenarioFile.parse(text));
        assertEquals(message, refusal.getMessage());
    }
}
