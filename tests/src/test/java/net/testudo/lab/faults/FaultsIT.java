package net.testudo.lab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.testudo.lab.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A short course; `./testudo faults` plays longer ones.
@Tag("FOO-13")
@Tag("FOC-16")
@Tag("PAR-02")
class FaultsIT {
    private static final int COUNT = 7;
    private static final String SEED = "2178";

    @TempDir
    Path directory = Path.of("");

    @Test
    void faultsInARowLoseNoCommitMakeNoSecondMasterAndAreExplained() throws Exception {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Path json = directory.resolve("faults.json");
        int status = Faults.run(
                new PrintStream(text, true, StandardCharsets.UTF_8),
                "--count",
                Integer.toString(COUNT),
                "--seed",
                SEED,
                "--json",
                json.toString());
        String printed = text.toString(StandardCharsets.UTF_8);
        assertEquals(0, status, printed);
        assertTrue(printed.contains(COUNT + " of " + COUNT + " faults"), printed);
        assertTrue(printed.contains("all held"), printed);
        String steps = Files.readString(json);
        assertEquals(COUNT, steps.split("\"number\": ", -1).length - 1, steps);
        assertTrue(steps.contains(" silent ("), "no failover happened: " + steps);
    }
}
