package net.testudo.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which test names which row of the requirements: a test class or method by JUnit's `@Tag("FRM-10")`, a scenario file
/// by a line `# Rows: FRM-10, FRM-11` in its comment.
final class TestedRows {
    private static final Pattern TAG = Pattern.compile("\\s*@Tag\\(\"([A-Z]{3}-[0-9]{2})\"\\)");
    private static final Pattern TESTED = Pattern.compile("\\s+void (\\w+)\\(.*|(?:\\w+ )*class (\\w+).*");
    private static final String SCENARIO_ROWS = "# Rows: ";

    private final TreeMap<String, SortedSet<String>> testsOfRow = new TreeMap<>();

    private TestedRows() {}

    /// Reads the sources of all tests below `root`, the directory of the project.
    static TestedRows read(Path root) throws IOException {
        TestedRows rows = new TestedRows();
        for (Path file : files(root, "src/test/java", ".java")) {
            rows.readTest(file);
        }
        for (Path file : files(root, "src/test/resources/scenario", ".txt")) {
            rows.readScenario(file);
        }
        return rows;
    }

    /// Every row that a test names.
    SortedSet<String> rows() {
        return testsOfRow.navigableKeySet();
    }

    /// The names of the tests of a row, in order; empty if it has none.
    SortedSet<String> of(String row) {
        return testsOfRow.getOrDefault(row, new TreeSet<>());
    }

    private void readTest(Path file) throws IOException {
        String className = file.getFileName().toString().replace(".java", "");
        List<String> tags = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher tag = TAG.matcher(line);
            Matcher tested = TESTED.matcher(line);
            if (tag.matches()) {
                tags.add(tag.group(1));
            } else if (tested.matches()) {
                String name = tested.group(1) == null ? className : className + "." + tested.group(1);
                tags.forEach(row -> add(row, name));
                tags.clear();
            }
        }
    }

    private void readScenario(Path file) throws IOException {
        String area = file.getParent().getFileName().toString();
        String name = area + "/" + file.getFileName().toString().replace(".txt", "");
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(SCENARIO_ROWS)) {
                for (String row : line.substring(SCENARIO_ROWS.length()).split(", ", -1)) {
                    add(row, name);
                }
            }
        }
    }

    private void add(String row, String test) {
        testsOfRow.computeIfAbsent(row, _ -> new TreeSet<>()).add(test);
    }

    private static List<Path> files(Path root, String below, String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            Predicate<Path> isWanted = file -> file.toString().endsWith(suffix);
            for (Path module : modules.sorted().toList()) {
                Path directory = module.resolve(below);
                if (Files.isDirectory(directory)) {
                    try (Stream<Path> all = Files.walk(directory)) {
                        all.filter(isWanted).sorted().forEach(found::add);
                    }
                }
            }
        }
        return found;
    }
}
