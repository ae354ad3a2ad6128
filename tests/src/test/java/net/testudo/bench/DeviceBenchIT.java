package net.testudo.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.testudo.lab.Lab;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The benchmarks of whole devices work; how fast is not judged here.
class DeviceBenchIT {
    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void needsNamespaces() {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
    }

    @Test
    void theDeathOfAMasterIsMeasured() throws Exception {
        String figures = figures("detection", "--times", "1");
        assertTrue(figures.contains("detection-vote-adoption"), figures);
        assertTrue(figures.contains("interruption"), figures);
    }

    @Test
    void aBusyClusterIsWatchedWithAndWithoutRealTimeScheduling() throws Exception {
        String figures = figures("steady", "--minutes", "0.05");
        assertTrue(figures.contains("failovers-ordinary"), figures);
        assertTrue(figures.contains("turns-late-10ms-ordinary"), figures);
    }

    @Test
    void netconfIsMeasuredAtEachSize() throws Exception {
        String figures = figures(
                "netconf", "--devices=1", "--entries=2,20", "--warm-up=3", "--times=3", "--sessions=2", "--added=5");
        assertTrue(figures.contains("\"commit-one-leaf-20-entries-1-devices\""), figures);
        assertTrue(figures.contains("\"add-5-entries-to-20-1-devices\""), figures);
    }

    private String figures(String... arguments) throws IOException {
        Path json = directory.resolve("figures.json");
        StringWriter text = new StringWriter();
        String[] all =
                Stream.concat(Stream.of(arguments), Stream.of("--json=" + json)).toArray(String[]::new);
        int status = Bench.run(new PrintWriter(text, true), all);
        assertEquals(0, status, text.toString());
        return Files.readString(json);
    }
}
