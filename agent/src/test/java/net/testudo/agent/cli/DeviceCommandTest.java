package net.testudo.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.testudo.agent.assembly.DeviceSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DeviceCommandTest {
    @TempDir
    Path directory;

    private List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--serial",
                "A1",
                "--cluster",
                "clu",
                "--data",
                "outside=out",
                "--data",
                "inside=in",
                "--management",
                "mgmt",
                "--state-dir",
                directory.resolve("state").toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static DeviceSettings settings(List<String> arguments) throws IOException {
        DeviceCommand command = new DeviceCommand();
        new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
        return command.settings();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("file"), content);
    }

    @Test
    void networksKeepTheirOrder() throws Exception {
        DeviceSettings settings = settings(arguments());
        assertEquals(
                List.of("outside", "inside"), List.copyOf(settings.dataPorts().sequencedKeySet()));
        assertEquals("out", settings.dataPorts().get("outside"));
        assertEquals("A1", settings.identity().serial());
    }

    @Test
    void keysAreReadAndTheJoinKeyIsNotShown() throws Exception {
        String key = "0123456789abcdef".repeat(4);
        DeviceSettings settings =
                settings(arguments("--join-key-file", file(key + "\n").toString()));
        assertEquals(key, settings.joinKey());
        assertFalse(settings.toString().contains(key));
    }

    @Test
    void theTablesHoldAsManyFlowsAsAskedFor() throws Exception {
        assertEquals(65_536, settings(arguments()).flows());
        assertEquals(1_100_000, settings(arguments("--flows", "1100000")).flows());
        for (String wrong : List.of("1023", "2000001")) {
            var e = assertThrows(CommandLine.ParameterException.class, () -> settings(arguments("--flows", wrong)));
            assertTrue(String.valueOf(e.getMessage()).startsWith("--flows: 1024 to 2000000"), e::getMessage);
        }
    }

    @Test
    void adminKeysAreLinesOfOpenSsh() throws Exception {
        String text = "# first user\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA admin@host\n";
        DeviceSettings settings = settings(arguments("--admin-key", file(text).toString()));
        assertEquals(
                List.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA admin@host"),
                settings.agent().adminKeys());
    }

    @ParameterizedTest
    @CsvSource({"--join-key-file, join key file", "--admin-key, admin key file"})
    void aFileThatHoldsNoKeyIsNamedAndItsContentIsNotShown(String option, String says) throws Exception {
        Path file = file("secret\n");
        var e = assertThrows(IOException.class, () -> settings(arguments(option, file.toString())));
        assertTrue(String.valueOf(e.getMessage()).startsWith(says + " " + file), e::getMessage);
        assertFalse(String.valueOf(e.getMessage()).contains("secret"));
    }

    @ParameterizedTest
    @CsvSource({"--join-key-file", "--admin-key"})
    void aMissingFileIsNamed(String option) {
        var e = assertThrows(IOException.class, () -> settings(arguments(option, "/nowhere/key")));
        assertEquals(option + ": file /nowhere/key does not exist: check the name, or create it", e.getMessage());
    }

    @Test
    void wrongOptionsEndWithStatusTwo() {
        assertEquals(2, execute(List.of()));
        assertEquals(2, execute(arguments("--data", "third=clu")));
        assertEquals(2, execute(arguments("--serial", "A 1")));
    }

    @Test
    void aMissingPortEndsWithStatusOne() {
        assertEquals(1, execute(arguments("--management", "nowhere0")));
    }

    private static int execute(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("device"));
        line.addAll(arguments);
        CommandLine main = Main.commandLine();
        main.setErr(new PrintWriter(new StringWriter()));
        main.setOverwrittenOptionsAllowed(true);
        return main.execute(line.toArray(String[]::new));
    }
}
