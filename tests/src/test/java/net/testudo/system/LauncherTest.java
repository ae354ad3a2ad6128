package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.testudo.lab.ProjectHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
    private record Outcome(int status, String text) {}

    @TempDir
    Path directory = Path.of("");

    private static Outcome launch(Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }

    private static String launcher() {
        return ProjectHome.find().resolve("testudo").toString();
    }

    @Test
    void theLauncherIsValidPosixShell() throws Exception {
        assertEquals(new Outcome(0, ""), launch(Map.of(), List.of("sh", "-n", launcher())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "test", "device", "simulate", "faults", "orchestrators", "bench", "pki"})
    void helpNamesEachVerb(String verb) throws Exception {
        Outcome outcome = launch(Map.of(), List.of(launcher(), "--help"));
        assertEquals(0, outcome.status());
        assertTrue(outcome.text().contains("  " + verb + " "), outcome.text());
    }

    @Test
    void anUnknownVerbIsAnErrorOfUsage() throws Exception {
        Outcome outcome = launch(Map.of(), List.of(launcher(), "dmeo"));
        assertEquals(2, outcome.status());
        assertTrue(outcome.text().contains("no verb 'dmeo'"), outcome.text());
    }

    @Test
    void aMissingVerbIsAnErrorOfUsage() throws Exception {
        assertEquals(2, launch(Map.of(), List.of(launcher())).status());
    }

    @Test
    void theJdkOfJavaHomeIsUsedIfItIsNewEnough() throws Exception {
        String jdk = System.getProperty("java.home");
        Outcome outcome = launch(Map.of("JAVA_HOME", jdk), List.of(launcher(), "test", "--help"));
        assertEquals(0, outcome.status(), outcome.text());
        assertTrue(outcome.text().startsWith("Usage: ./testudo test"), outcome.text());
    }

    @Test
    void anOldJdkIsNotEnoughAndTheMessageSaysWhatToInstall() throws Exception {
        Path jdk = Files.createDirectory(directory.resolve("jdk"));
        Path tools = Files.createDirectory(directory.resolve("tools"));
        Path compiler =
                Files.createFile(Files.createDirectory(jdk.resolve("bin")).resolve("javac"));
        assertTrue(compiler.toFile().setExecutable(true));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        for (String tool : List.of("dirname", "readlink", "sed", "id", "cat")) {
            Path script = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
            assertTrue(script.toFile().setExecutable(true));
        }
        Path copy = Files.writeString(
                directory.resolve("testudo"),
                Files.readString(Path.of(launcher())).replace("/usr/lib/jvm/*", directory + "/none/*"));

        Outcome outcome = launch(
                Map.of("JAVA_HOME", jdk.toString(), "PATH", tools.toString()),
                List.of("/bin/sh", copy.toString(), "test", "--help"));
        assertEquals(3, outcome.status(), outcome.text());
        assertTrue(outcome.text().contains("apt-get install temurin-25-jdk"), outcome.text());
    }
}
