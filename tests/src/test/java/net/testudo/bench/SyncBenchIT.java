package net.testudo.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.testudo.lab.Lab;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The benchmark works; how fast is not judged here.
class SyncBenchIT {
    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void needsNamespaces() {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
    }

    @Test
    @Tag("BKP-02")
    void recordsArriveInOrderAndAreAcknowledged() throws Exception {
        Path json = directory.resolve("sync.json");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        int status = Bench.run(List.of("sync", "--records", "20000", "--rounds", "2", "--json", json.toString()), out);
        assertEquals(0, status, text.toString(StandardCharsets.UTF_8));
        String figures = Files.readString(json);
        String begin = "{\"records\": 20000, \"octets\": 100, \"records_per_second\": [";
        assertTrue(figures.startsWith(begin), figures);
        assertTrue(figures.substring(begin.length()).matches("\\d+, \\d+], \"median\": \\d+}\\R"), figures);
    }
}
