package net.testudo.yang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every module is accepted without a complaint, and README.md shows what is in it.
final class YanglintTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- tree diagrams: generated -->\n";
    private static final String END = "<!-- end of tree diagrams -->\n";

    @TempDir
    private Path imported = Path.of("");

    @ParameterizedTest
    @MethodSource("net.testudo.yang.Yanglint#modules")
    void yanglintHasNothingToSay(String module) throws IOException, InterruptedException {
        // Expressions of a module that deviates another are looked at only if what they mention is implemented.
        assertEquals("", new Yanglint(imported).run(module, "src/main/yang/testudo-cluster.yang"));
    }

    @Test
    void theTreeDiagramsInTheReadmeAreThoseOfTheModules() throws IOException, InterruptedException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        String expected = trees();
        if (Boolean.getBoolean("readme.rewrite")) {
            Files.writeString(README, readme.substring(0, begin) + expected + readme.substring(end));
            return;
        }
        assertEquals(
                expected,
                readme.substring(begin, end),
                "yang/README.md is out of date; rewrite it with: mvn -pl yang test -Dreadme.rewrite=true");
    }

    private String trees() throws IOException, InterruptedException {
        Yanglint yanglint = new Yanglint(imported);
        StringBuilder trees = new StringBuilder();
        for (String module : Yanglint.modules()) {
            String tree = yanglint.run(module, "-f", "tree");
            if (tree.contains("+--")) {
                trees.append("\n```\n").append(tree).append("\n```\n");
            }
        }
        return trees.append('\n').toString();
    }
}
