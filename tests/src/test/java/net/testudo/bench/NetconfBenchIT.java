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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The benchmark works; how fast is not judged here.
class NetconfBenchIT {
    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void needsNamespaces() {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
    }

    @Test
    void operationsAreMeasuredAtEachSize() throws Exception {
        Path json = directory.resolve("netconf.json");
        StringWriter text = new StringWriter();
        String[] arguments = {
            "netconf",
            "--devices=1",
            "--entries=2,20",
            "--times=3",
            "--sessions=2",
            "--added=5",
            "--json",
            json.toString()
        };
        int status = Bench.run(new PrintWriter(text, true), arguments);
        assertEquals(0, status, text.toString());
        String figures = Files.readString(json);
        assertTrue(figures.contains("\"commit-one-leaf-20-entries-1-devices\""), figures);
        assertTrue(figures.contains("\"add-5-entries-to-20-1-devices\""), figures);
    }
}
