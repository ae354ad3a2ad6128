package net.testudo.lab.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.LineClient;

/// The orchestrator of the lab: ncclient, in the namespace of the management station.
final class NetconfClient implements AutoCloseable {
    /// Port of NETCONF over SSH (RFC 6242 §3).
    static final int PORT = 830;

    private static final String SCRIPT = "netconf-client.py";

    private final LineClient process;
    private final Secrets secrets;

    /// Starts the client; it has no session yet.
    NetconfClient(Lab lab, Secrets secrets) {
        Path script = lab.directory().resolve(SCRIPT);
        try (InputStream source = Objects.requireNonNull(NetconfClient.class.getResourceAsStream(SCRIPT))) {
            Files.copy(source, script);
        } catch (IOException e) {
            throw new LabException("cannot write " + script + ": " + e.getMessage(), e);
        }
        // Debian's own interpreter: it is the one for which the package python3-ncclient is.
        List<String> command = List.of("/usr/bin/python3", script.toString());
        this.process = new LineClient(
                "NETCONF client",
                lab.startPiped("netconf-client", lab.topology().nms(), command));
        this.secrets = secrets;
    }

    /// Opens a session; the earlier one ends.
    ///
    /// @param limit for how long it is tried
    /// @return the server's host key, as its SHA-256 digest
    /// @throws LabException if no server answers within the limit
    String connect(String address, Duration limit) {
        return process.ask("connect %s %d %s %s %f"
                .formatted(address, PORT, Secrets.USER, secrets.sshKey(), limit.toMillis() / 1000.0));
    }

    /// Puts a configuration into the candidate and commits it.
    ///
    /// @param file with a `config` element
    void apply(Path file) {
        process.ask("apply " + file);
    }

    /// The members of the cluster as its NETCONF server reports them, by serial number, each with its leaves by name.
    Map<String, Map<String, String>> members() {
        Map<String, Map<String, String>> members = new LinkedHashMap<>();
        for (String row : process.ask("members").split(" ", -1)) {
            Map<String, String> leaves = new LinkedHashMap<>();
            Arrays.stream(row.split(",", -1))
                    .map(leaf -> leaf.split("=", 2))
                    .filter(leaf -> leaf.length == 2)
                    .forEach(leaf -> leaves.put(leaf[0], leaf[1]));
            String serial = leaves.get("serial");
            if (serial != null) {
                members.put(serial, leaves);
            }
        }
        return members;
    }

    @Override
    public void close() {
        process.close();
    }
}
