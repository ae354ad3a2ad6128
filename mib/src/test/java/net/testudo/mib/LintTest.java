package net.testudo.mib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The judgement of libsmi's smilint (Debian package smitools) on our texts at its strictest level.
class LintTest {
    /// Not applicable: a module of definitions is not named -MIB, its types are used by the other modules, and a
    /// 64-bit number has no display hint in SMIv2.
    private static final List<String> NOT_APPLICABLE =
            List.of("module-name-suffix", "type-unref", "type-without-format");

    @TempDir
    private Path directory;

    @BeforeEach
    void writeTexts() throws IOException, URISyntaxException {
        assumeTrue(toolExists("smilint"), "smilint is not installed (package smitools)");
        for (MibText module : MibText.values()) {
            Files.writeString(directory.resolve(module.fileName()), module.text());
        }
        Path published = Path.of(
                Objects.requireNonNull(LintTest.class.getResource("/base-mibs")).toURI());
        Files.writeString(directory.resolve("smi.conf"), "path " + directory + ":" + published + "\n");
    }

    @ParameterizedTest
    @EnumSource(MibText.class)
    void smilintHasNothingToSay(MibText module) throws IOException, InterruptedException {
        assertEquals("", smilint(module));
    }

    @Test
    void smilintWouldReportAnObjectWithoutAGroup() throws IOException, InterruptedException {
        Path file = directory.resolve(MibText.TESTUDO_CLUSTER_MIB.fileName());
        String text = Files.readString(file);
        int groups = text.indexOf("testudoAlarmGroup OBJECT-GROUP");
        String broken = text.substring(0, groups)
                + Pattern.compile("testudoAlarmSerial,\\s*")
                        .matcher(text.substring(groups))
                        .replaceFirst("");
        assertNotEquals(text, broken);
        Files.writeString(file, broken);
        assertNotEquals("", smilint(MibText.TESTUDO_CLUSTER_MIB));
    }

    /// Everything that smilint prints; its exit status says nothing.
    private String smilint(MibText module) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("smilint", "-l", "6", "-s", "-m"));
        NOT_APPLICABLE.forEach(tag -> command.addAll(List.of("-i", tag)));
        command.addAll(List.of(
                "-c",
                directory.resolve("smi.conf").toString(),
                directory.resolve(module.fileName()).toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static boolean toolExists(String name) {
        return Pattern.compile(":")
                .splitAsStream(System.getenv().getOrDefault("PATH", "/usr/bin"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, name)));
    }
}
