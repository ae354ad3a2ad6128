package net.testudo.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void rangeAndDefaultsAreTaken() {
        Options options = Options.parse(List.of("--seeds", "3..9"));
        assertEquals(new Options(3, 9, 3, false, 4, false, false, false, null), options);
    }

    @Test
    void everyOptionIsTaken() {
        Options options = Options.parse(List.of(
                "--verbose", "--gentle", "--devices", "5", "--seeds", "1..1", "--duration", "20", "--json", "o"));
        assertEquals(new Options(1, 1, 5, true, 20, true, false, false, "o"), options);
        assertEquals(
                new Manner(false, true, false),
                Options.parse(List.of("--seeds", "1..1", "--changes")).manner());
        assertEquals(
                new Manner(false, false, true),
                Options.parse(List.of("--seeds", "1..1", "--damage")).manner());
    }

    @Test
    void wrongArgumentsAreToldApart() {
        assertRefused("--seeds A..B is needed, such as --seeds 1..100", List.of());
        assertRefused("--seeds A..B is needed, such as --seeds 1..100", List.of("--seeds", "1-5"));
        assertRefused("--seeds: 1 is below 5", List.of("--seeds", "5..1"));
        assertRefused("--devices takes a number from 1 to 9, not 10", List.of("--seeds", "1..5", "--devices", "10"));
        assertRefused("--json needs a value", List.of("--seeds", "1..5", "--json"));
        assertRefused("unknown option --fast", List.of("--fast"));
    }

    @Test
    void misuseEndsWithStatusTwoAndHelpWithZero() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(2, Simulate.run(List.of("--fast"), out));
        assertEquals(0, Simulate.run(List.of("--help"), out));
        assertTrue(text.toString(java.nio.charset.StandardCharsets.UTF_8).contains("usage: ./testudo simulate"));
    }

    private static void assertRefused(String message, List<String> arguments) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Options.parse(arguments));
        assertEquals(message, refusal.getMessage());
    }
}
