package net.testudo.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        StringWriter text = new StringWriter();
        String[] arguments = {"sync", "--records", "20000", "--rounds", "2", "--seconds", "1", "--json", json.toString()
        };
        int status = Bench.run(new PrintWriter(text, true), arguments);
        assertEquals(0, status, text.toString());
        String figures = Files.readString(json);
        assertTrue(figures.startsWith("[{\"name\": \"sync-records\", \"value\": "), figures);
        assertTrue(figures.contains("\"lag-at-50000-changes-p99\""), figures);
    }
}
