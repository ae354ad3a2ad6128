package net.testudo.lab.orchestrators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import net.testudo.lab.Lab;
import org.junit.jupiter.api.Test;

/// A short run; `./testudo orchestrators` is a longer one.
class OrchestratorsIT {
    private static final String SECONDS = "20";
    private static final String SEED = "7";

    @Test
    void whatIsAcknowledgedStaysAndNothingIsHalfThere() {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int status = Orchestrators.run(
                new PrintStream(text, true, StandardCharsets.UTF_8), "--seconds", SECONDS, "--seed", SEED);
        String printed = text.toString(StandardCharsets.UTF_8);
        assertEquals(0, status, printed);
        assertTrue(printed.contains("All held."), printed);
        assertTrue(printed.lines().anyMatch(line -> line.matches("[1-9]\\d* masters killed; .*")), printed);
    }
}
