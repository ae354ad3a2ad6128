package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.testudo.mib.MibText;

/// net-snmp's command-line tools (Debian packages snmp and snmptrapd), kept away from the machine's own settings.
final class NetSnmp {
    private static final long TIMEOUT_S = 60;
    private final Path directory;

    /// @param directory for the tools' files and our MIB texts
    NetSnmp(Path directory) throws IOException {
        this.directory = directory;
        // Otherwise the first tool tells that it made it.
        Files.createDirectory(directory.resolve("cert_indexes"));
        for (MibText module : MibText.values()) {
            Files.writeString(directory.resolve(module.fileName()), module.text());
        }
    }

    /// What a tool printed, both streams, and how it ended.
    record Output(int status, String text) {
        List<String> lines() {
            return text.lines().toList();
        }
    }

    /// Aborts the test if a tool is not there.
    static void require(String tool) {
        boolean there = Pattern.compile(":")
                .splitAsStream(System.getenv().getOrDefault("PATH", "") + ":/usr/sbin")
                .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
        assumeTrue(there, tool + " is not installed (packages snmp, snmptrapd)");
    }

    /// Runs a request of `ops` to its end.
    Output run(String tool, int port, List<String> options, String... oids) throws IOException, InterruptedException {
        Process process = start(command(tool, port, options, oids));
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(tool + " did not end");
        }
        return new Output(process.exitValue(), text);
    }

    /// The command line of a request of `ops`; `options` may override user and passphrases.
    List<String> command(String tool, int port, List<String> options, String... oids) {
        List<String> command = new ArrayList<>(List.of(tool, "-v3", "-l", "authPriv", "-u", "ops", "-a", "SHA-256"));
        command.addAll(List.of("-A", Fixture.AUTHENTICATION, "-x", "AES", "-X", Fixture.PRIVACY));
        // The standard types are the stand-ins that module mib tests its texts with: Debian ships none.
        command.addAll(List.of("-M", directory + ":../mib/src/test/resources/base-mibs", "-m", "TESTUDO-CLUSTER-MIB"));
        command.addAll(options);
        command.add("127.0.0.1:" + port);
        command.addAll(List.of(oids));
        return command;
    }

    /// Starts a tool with both streams in one.
    Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin") + ":/usr/sbin");
        builder.environment().put("SNMPCONFPATH", directory.toString());
        builder.environment().put("SNMP_PERSISTENT_DIR", directory.toString());
        return builder.start();
    }

    /// Starts a trap receiver that knows `ops` at this engine, and waits until it listens.
    Process startTrapReceiver(int port, String engineId) throws IOException {
        Path settings = directory.resolve("trapd.conf");
        Files.writeString(
                settings,
                "createUser -e 0x%s ops SHA-256 %s AES %s%nauthUser log ops authPriv%n"
                        .formatted(engineId, Fixture.AUTHENTICATION, Fixture.PRIVACY));
        Process process = start(List.of(
                "snmptrapd",
                "-f",
                "-n",
                "-Lo",
                "-On",
                "-C",
                "-c",
                settings.toString(),
                "-M",
                directory + ":../mib/src/test/resources/base-mibs",
                "-m",
                "TESTUDO-CLUSTER-MIB",
                "-F",
                "TRAP\t%v\n",
                "udp:127.0.0.1:" + port));
        lineWith(process.inputReader(StandardCharsets.UTF_8), "NET-SNMP version");
        return process;
    }

    /// Reads on until a line contains `text`.
    static String lineWith(BufferedReader reader, String text) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new IOException("the tool ended without a line with '" + text + "'");
    }
}
