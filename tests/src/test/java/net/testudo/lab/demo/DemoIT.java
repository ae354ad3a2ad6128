package net.testudo.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.testudo.lab.Commands;
import net.testudo.lab.JavaCommand;
import net.testudo.lab.Lab;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./testudo demo` as a user runs it: a process of its own, its status, and what it wrote for scripts. What fails
/// shows all that the demo printed.
class DemoIT {
    private static final long LIMIT_S = 180;

    @TempDir
    private Path directory = Path.of("");

    private Path temporary = Path.of("");
    private Path json = Path.of("");

    /// How a demo ended.
    private record Outcome(long pid, int status, String text) {}

    @BeforeAll
    static void needsRights() {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
    }

    @BeforeEach
    void prepare() throws IOException {
        // Labs of others on this machine are none of this test's business, and --stop ends what it finds here.
        temporary = Files.createDirectory(directory.resolve("tmp"));
        json = directory.resolve("demo.json");
    }

    @ParameterizedTest(name = "{0} with {1} devices")
    @CsvSource({
        "kill, 3, true",
        "kill-links-up, 3, true",
        "stop, 3, true",
        "cluster-link, 3, false",
        "agent-kill, 3, false",
        "agent-stop, 3, false"
    })
    @Tag("BKP-06")
    @Tag("FOC-01")
    @Tag("FOC-03")
    @Tag("FOO-04")
    @Tag("FOO-12")
    void hostsAndManagementDoNotNoticeTheDeath(String death, int devices, boolean masterChanges) throws Exception {
        Outcome outcome = demo("--death", death, "--devices", Integer.toString(devices), "--json", json.toString());
        assertUnnoticed(outcome, devices, masterChanges);
        assertNothingIsLeft(outcome);
    }

    @Test
    void twoDevicesLikewiseAndWhatKeepLeavesUpStopTakesDown() throws Exception {
        Outcome kept = demo("--devices", "2", "--keep", "--json", json.toString());
        assertUnnoticed(kept, 2, true);
        String namespace = text(Files.readString(json), "namespace");
        assertTrue(namespaces().contains(namespace), kept.text());
        assertFalse(processes(kept).isEmpty(), kept.text());

        Outcome stopped = demo("--stop");
        assertEquals(0, stopped.status(), stopped.text());
        assertEquals("ended: 1", stopped.text().strip());
        assertNothingIsLeft(kept);
    }

    private void assertUnnoticed(Outcome outcome, int devices, boolean masterChanges) throws IOException {
        assertEquals(0, outcome.status(), outcome.text());
        String report = Files.readString(json);
        String all = report + outcome.text();
        assertTrue(number(report, "interruption_ms") <= Measurement.INTERRUPTION_LIMIT_MS, all);
        assertEquals(DemoTraffic.CONNECTIONS, number(report, "tcp_total"), all);
        assertEquals(DemoTraffic.CONNECTIONS, number(report, "tcp_alive"), all);
        assertEquals(0, number(report, "nat_changes"), all);
        assertTrue(report.contains("\"host_key_same\": true"), all);
        assertTrue(report.contains("\"engine_id_same\": true"), all);
        assertTrue(number(report, "formed_ms") > 0 && number(report, "rejoined_ms") > 0, all);
        assertEquals(devices, names(object(report, "roles_before")).size(), all);
        assertEquals(devices, names(object(report, "flows_by_device")).size(), all);
        assertEquals(masterChanges, !master(report, "roles_before").equals(master(report, "roles_after")), all);
        assertEquals(masterChanges, report.contains("\"testudoMasterSwitched\""), all);
    }

    private Outcome demo(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(JavaCommand.lab(Demo.class));
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of(options));
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
            // SIGTERM: it takes its lab down.
            process.destroy();
            process.waitFor();
            throw new AssertionError("the demo did not end within " + LIMIT_S + " s:\n" + Files.readString(output));
        }
        return new Outcome(process.pid(), process.exitValue(), "\n" + Files.readString(output) + savedLogs());
    }

    /// What a run that failed has left for its examination: it goes with the temporary directory.
    private String savedLogs() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.filter(path -> path.toString().contains("testudo-logs-"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList()) {
                text.append("--- %s%n%s".formatted(file.getFileName(), Files.readString(file)));
            }
        }
        return text.toString();
    }

    private void assertNothingIsLeft(Outcome outcome) throws IOException {
        assertEquals(
                List.of(),
                namespaces().stream()
                        .filter(name -> name.startsWith(prefix(outcome)))
                        .toList());
        assertEquals(List.of(), processes(outcome));
        try (Stream<Path> files = Files.list(temporary)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private static String prefix(Outcome outcome) {
        return "testudo-" + outcome.pid() + "-";
    }

    private static List<String> namespaces() {
        return Commands.run(List.of("ip", "netns", "list"))
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    /// Every process of a lab names the lab's directory in its command line, or runs in one of its namespaces.
    private static List<String> processes(Outcome outcome) {
        return ProcessHandle.allProcesses()
                .flatMap(handle -> handle.info().commandLine().stream())
                .filter(line -> line.contains(prefix(outcome)))
                .toList();
    }

    private static double number(String report, String name) {
        return Double.parseDouble(value(report, name, "[0-9.]+"));
    }

    private static String text(String report, String name) {
        return value(report, name, "\"[^\"]*\"").replace("\"", "");
    }

    private static String object(String report, String name) {
        return value(report, name, "\\{[^}]*}");
    }

    private static List<String> names(String object) {
        return Pattern.compile("\"([^\"]+)\": ")
                .matcher(object)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /// The serial number of the master.
    private static String master(String report, String roles) {
        return first(object(report, roles), "\"([^\"]+)\": \"master\"");
    }

    private static String value(String report, String name, String form) {
        return first(report, "\"" + name + "\": (" + form + ")");
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), () -> "no " + pattern + " in " + text);
        return matcher.group(1);
    }
}
