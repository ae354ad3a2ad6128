package net.testudo.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs every file under `scenario/`. With `-Dscenario.rewrite=true` it writes what the commands print into the
/// files instead of comparing; commit that only if you understand what changed.
class ScenarioTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "scenario");

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        try (Stream<Path> paths = Files.walk(ROOT)) {
            List<Path> files =
                    paths.filter(p -> p.toString().endsWith(".txt")).sorted().toList();
            return files.stream()
                    .map(p -> DynamicTest.dynamicTest(ROOT.relativize(p).toString(), () -> run(p)));
        }
    }

    private static void run(Path path) throws IOException {
        String text = Files.readString(path);
        ScenarioFile file = ScenarioFile.parse(text);
        Scenario scenario = new Scenario();
        List<ScenarioFile.Block> blocks = new ArrayList<>();
        for (ScenarioFile.Block block : file.blocks()) {
            blocks.add(new ScenarioFile.Block(block.commands(), scenario.execute(block.commands())));
        }
        String actual = new ScenarioFile(file.comment(), blocks).toText();
        if (Boolean.getBoolean("scenario.rewrite")) {
            Files.writeString(path, actual);
        } else {
            assertEquals(text, actual);
        }
    }
}
