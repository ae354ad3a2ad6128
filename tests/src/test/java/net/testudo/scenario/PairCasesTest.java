package net.testudo.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of cases at two devices, in the README of `element`: each row has its scenario, and each scenario a row.
class PairCasesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\|.*\\| `(\\d\\d-[a-z-]+)` \\|$");
    private static final Path TESTS =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();

    @Test
    void everyCaseHasItsScenarioAndEveryScenarioItsCase() throws IOException {
        String readme = Files.readString(TESTS.getParent().resolve("element/README.md"));
        List<String> cases = ROW.matcher(readme)
                .results()
                .map(row -> row.group(1) + ".txt")
                .sorted()
                .toList();
        assertFalse(cases.isEmpty(), "the table of cases is gone");
        try (Stream<Path> scenarios = Files.list(TESTS.resolve("src/test/resources/scenario/pair"))) {
            assertEquals(
                    scenarios
                            .map(path -> path.getFileName().toString())
                            .sorted()
                            .toList(),
                    cases);
        }
    }
}
