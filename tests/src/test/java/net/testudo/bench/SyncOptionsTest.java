package net.testudo.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncOptionsTest {
    @Test
    void withoutOptionsFiveRoundsOfAMillionAreMeasured() {
        assertEquals(new SyncOptions(1_000_000, 100, 5, Optional.empty()), SyncOptions.parse(List.of("sync")));
    }

    @Test
    void everyOptionIsTaken() {
        assertEquals(
                new SyncOptions(2_000, 64, 3, Optional.of(Path.of("out.json"))),
                SyncOptions.parse(
                        List.of("sync", "--json", "out.json", "--records", "2000", "--octets", "64", "--rounds", "3")));
    }

    @Test
    void wrongArgumentsAreToldApart() {
        assertRefused("what is to be measured? there is: sync", List.of());
        assertRefused("what is to be measured? there is: sync", List.of("flows"));
        assertRefused("--octets takes a number from 8 to 1200, not 7", List.of("sync", "--octets", "7"));
        assertRefused("--rounds needs a value", List.of("sync", "--rounds"));
        assertRefused("unknown option --fast", List.of("sync", "--fast"));
    }

    @Test
    void misuseEndsWithStatusTwoAndHelpWithZero() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        assertEquals(2, Bench.run(List.of(), out));
        assertEquals(0, Bench.run(List.of("--help"), out));
        assertTrue(text.toString(StandardCharsets.UTF_8).contains("Usage: ./testudo bench sync"));
    }

    private static void assertRefused(String message, List<String> arguments) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> SyncOptions.parse(arguments));
        assertEquals(message, refusal.getMessage());
    }
}
