package net.testudo.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// House rules that no compiler knows.
class TidyTest {
    private static final int LINE_COLUMNS_MAX = 120;
    private static final int FILE_LINES_MAX = 500;
    private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");
    private static final Set<String> TEXT = Set.of(
            "java", "xml", "md", "yang", "mib", "txt", "sh", "py", "properties", "json", "yml", "options", "config");

    // put together here, so that this file does not contain what it looks for
    private static final Pattern UNFINISHED = Pattern.compile("\\b(" + "TO" + "DO|" + "FIX" + "ME|" + "XX" + "X)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.])/(" + "work/|" + "home/\\w|" + "root/|" + "Users/\\w|" + "farm/)");

    private final Path root = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .normalize()
            .getParent();
    private final List<String> findings = new ArrayList<>();

    @Test
    void sourceFilesStayShort() {
        eachFile(isJava(), (path, lines) -> {
            if (lines.size() > FILE_LINES_MAX) {
                findings.add(path + " has " + lines.size() + " lines");
            }
        });
        assertNoFindings();
    }

    @Test
    void linesStayNarrow() {
        // An import cannot be broken.
        eachLine(
                isJava(),
                line -> line.codePointCount(0, line.length()) > LINE_COLUMNS_MAX && !line.startsWith("import "));
        assertNoFindings();
    }

    @Test
    void nothingIsLeftUnfinished() {
        eachLine(isText(), line -> UNFINISHED.matcher(line).find());
        assertNoFindings();
    }

    @Test
    void nothingIsIndentedByTabs() {
        eachLine(isText(), line -> line.indexOf('\t') >= 0);
        assertNoFindings();
    }

    @Test
    void noLineEndsInSpaces() {
        eachLine(isText().and(p -> !p.toString().contains("scenario")), line -> line.endsWith(" "));
        assertNoFindings();
    }

    @Test
    void noPathOfAMachineIsNamed() {
        eachLine(isText(), line -> MACHINE_PATH.matcher(line).find());
        assertNoFindings();
    }

    @Test
    void everyPackageIsExplained() {
        eachFile(isJava().and(p -> p.toString().contains("/src/main/java/")), (path, _) -> {
            boolean isModule = path.endsWith("module-info.java");
            if (!isModule && !Files.exists(root.resolve(path).resolveSibling("package-info.java"))) {
                findings.add(path.getParent() + " has no package-info.java");
            }
        });
        assertNoFindings();
    }

    @Test
    void everyScenarioSaysWhatItShows() {
        eachFile(p -> p.toString().contains("/resources/scenario/"), (path, lines) -> {
            if (lines.isEmpty() || !lines.getFirst().matches("# .{10,}\\.?")) {
                findings.add(path + " does not begin with a comment");
            }
        });
        assertNoFindings();
    }

    private static Predicate<Path> isJava() {
        return path -> path.toString().endsWith(".java");
    }

    private static Predicate<Path> isText() {
        return path -> {
            String name = path.getFileName().toString();
            return TEXT.contains(name.substring(name.lastIndexOf('.') + 1)) || name.equals("testudo");
        };
    }

    private void eachLine(Predicate<Path> files, Predicate<String> isBad) {
        eachFile(files, (path, lines) -> {
            for (int i = 0; i < lines.size(); i++) {
                if (isBad.test(lines.get(i))) {
                    findings.add(path + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        });
    }

    private void eachFile(Predicate<Path> files, BiConsumer<Path, List<String>> action) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return SKIPPED.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (files.test(file)) {
                        action.accept(root.relativize(file), Files.readAllLines(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertNoFindings() {
        assertFalse(findings.size() > 20, () -> "more than 20: " + findings.subList(0, 20));
        assertEquals(List.of(), findings);
    }
}
