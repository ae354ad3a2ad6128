package net.testudo.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.testudo.lab.Commands;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;

/// The monitoring system of the lab: net-snmp's tools, in the namespace of the management station.
public final class SnmpClient {
    /// Port of SNMP (RFC 3417 §3).
    public static final int PORT = 161;

    private static final String TOOL_LIMIT_S = "10";

    /// snmpEngineID.0 of SNMP-FRAMEWORK-MIB (RFC 3411).
    private static final String ENGINE_ID = "1.3.6.1.6.3.10.2.1.1.0";

    /// For the command, whose own limit is in its options: beside real-time threads it may wait long for a processor.
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Lab lab;
    private final String address;
    private final Path directory;

    /// @param address of the agent
    public SnmpClient(Lab lab, Secrets secrets, String address) {
        this.lab = lab;
        this.address = address;
        this.directory = lab.directory().resolve("snmp");
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("snmp.conf"), """
                    defVersion 3
                    defSecurityName %s
                    defSecurityLevel authPriv
                    defAuthType SHA-256
                    defAuthPassphrase %s
                    defPrivType AES
                    defPrivPassphrase %s
                    """.formatted(
                            Secrets.USER, secrets.authentication(), secrets.privacy()));
        } catch (IOException e) {
            throw new LabException("cannot write " + directory + ": " + e.getMessage(), e);
        }
    }

    /// Directory with the tools' configuration: the user and its passphrases.
    public Path directory() {
        return directory;
    }

    /// The engine id, hexadecimal, or nothing if the agent does not answer within a second.
    public Optional<String> engineId() {
        Commands.Outcome outcome = run(List.of("snmpget", "-t", "1", "-r", "0"), "-Onqx", ENGINE_ID);
        return outcome.status() == 0
                ? Optional.of(
                        value(outcome.output().strip()).replaceAll("\\s", "").toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /// All values below an object identifier: by the object identifier without a leading dot, in the agent's order.
    /// Empty if the agent does not answer within a second.
    public Map<String, String> walk(String oid) {
        Commands.Outcome outcome = run(List.of("snmpbulkwalk", "-t", "1", "-r", "0", "-Cr50"), "-Onqa", oid);
        Map<String, String> values = new LinkedHashMap<>();
        if (outcome.status() == 0) {
            outcome.output().lines().filter(line -> line.startsWith(".")).forEach(line -> {
                String name = line.substring(1).split(" ", 2)[0];
                values.put(name, value(line));
            });
        }
        return values;
    }

    /// After a report of the engine, net-snmp's tools were seen to wait without any time limit (in select, with no
    /// request outstanding), whatever `-t` says: that is no answer too.
    private Commands.Outcome run(List<String> tool, String format, String oid) {
        List<String> command = new ArrayList<>(List.of("timeout", TOOL_LIMIT_S));
        command.addAll(environment());
        command.addAll(tool);
        command.addAll(List.of("-m", "", format, address, oid));
        return Commands.attempt(Commands.inNamespace(lab.topology().nms(), command), "", LIMIT);
    }

    /// The command `env` with the places of net-snmp's files.
    public List<String> environment() {
        return List.of("env", "SNMPCONFPATH=" + directory, "SNMP_PERSISTENT_DIR=" + directory);
    }

    /// The value in a line `.1.2.3 value`, without quotes.
    private static String value(String line) {
        String[] parts = line.split(" ", 2);
        String value = parts.length < 2 ? "" : parts[1].strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).strip() : value;
    }
}
