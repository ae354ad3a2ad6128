package net.testudo.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The table of requirements and their tests in the README of this module says what the tests say;
/// `-Drequirements.rewrite=true` writes it.
class RequirementsTest {
    private static final Pattern REQUIREMENT = Pattern.compile("([A-Z]{3}-[0-9]{2}) ([COX]) (.+)");
    private static final String BEGIN = "<!-- written by RequirementsTest: begin -->\n";
    private static final String END = "<!-- written by RequirementsTest: end -->\n";

    private final Path root = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .normalize()
            .getParent();
    private final Path readme = root.resolve("tests/README.md");

    private record Requirement(String row, String level, String demand) {}

    @Test
    void everyRowThatATestNamesIsARequirement() throws IOException {
        Set<String> unknown = new TreeSet<>(TestedRows.read(root).rows());
        requirements().forEach(requirement -> unknown.remove(requirement.row()));
        assertEquals(Set.of(), unknown, "rows that are not in requirements.txt");
    }

    @Test
    void theTableSaysWhatTheTestsSay() throws IOException {
        String text = Files.readString(readme);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        assertTrue(from >= BEGIN.length() && to >= from, "the README lacks the marks of the table");
        String table = table();
        if (Boolean.getBoolean("requirements.rewrite")) {
            Files.writeString(readme, text.substring(0, from) + table + text.substring(to));
            return;
        }
        assertEquals(table, text.substring(from, to), "write it anew with -Drequirements.rewrite=true");
    }

    private String table() throws IOException {
        TestedRows tested = TestedRows.read(root);
        List<Requirement> requirements = requirements();
        long without = requirements.stream()
                .filter(requirement -> tested.of(requirement.row()).isEmpty())
                .count();
        StringBuilder table = new StringBuilder(
                "%d rows, %d of them without a test.%n%n| Row | Class | Demand | Tests |%n|---|---|---|---|%n"
                        .formatted(requirements.size(), without));
        for (Requirement requirement : requirements) {
            String tests = tested.of(requirement.row()).stream()
                    .map(name -> "`" + name + "`")
                    .collect(Collectors.joining(", "));
            table.append("| %s | %s | %s | %s |%n"
                    .formatted(
                            requirement.row(),
                            requirement.level(),
                            requirement.demand(),
                            tests.isEmpty() ? "none yet" : tests));
        }
        return table.toString();
    }

    private List<Requirement> requirements() throws IOException {
        return Files.readAllLines(root.resolve("tests/src/test/resources/requirements.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> {
                    Matcher parts = REQUIREMENT.matcher(line);
                    assertTrue(parts.matches(), () -> "no requirement: " + line);
                    return new Requirement(parts.group(1), parts.group(2), parts.group(3));
                })
                .toList();
    }
}
