package net.testudo.lab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.LineClient;

/// The orchestrator of the lab: ncclient, in the namespace of the management station.
public final class NetconfClient implements AutoCloseable {
    /// Port of NETCONF over SSH (RFC 6242 §3).
    public static final int PORT = 830;

    /// What became of a commit.
    ///
    /// @param fate of it
    /// @param text what the server said, or what went wrong
    public record CommitAnswer(Fate fate, String text) {}

    /// Fates of a commit, as far as the client knows.
    public enum Fate {
        /// The server said `ok`.
        ACKNOWLEDGED,
        /// The server said that it did not happen.
        REFUSED,
        /// The server said that it does not know, or no answer came.
        UNKNOWN,
        /// It was not even asked for: the session was gone before.
        NOT_SENT
    }

    private static final String SCRIPT = "netconf-client.py";

    private final LineClient process;
    private final Secrets secrets;

    /// Starts the client; it has no session yet.
    public NetconfClient(Lab lab, Secrets secrets) {
        this(lab, secrets, "netconf-client");
    }

    /// Starts one of several clients.
    ///
    /// @param name of its own, for messages and its log
    public NetconfClient(Lab lab, Secrets secrets, String name) {
        Path script = lab.directory().resolve(name + ".py");
        try (InputStream source = Objects.requireNonNull(NetconfClient.class.getResourceAsStream(SCRIPT))) {
            Files.copy(source, script);
        } catch (IOException e) {
            throw new LabException("cannot write " + script + ": " + e.getMessage(), e);
        }
        // Debian's own interpreter: it is the one for which the package python3-ncclient is.
        List<String> command = List.of("/usr/bin/python3", script.toString());
        this.process = new LineClient(name, lab.startPiped(name, lab.topology().nms(), command));
        this.secrets = secrets;
    }

    /// Opens a session; the earlier one ends.
    ///
    /// @param limit for how long it is tried
    /// @return the server's host key, as its SHA-256 digest
    /// @throws LabException if no server answers within the limit
    public String connect(String address, Duration limit) {
        return process.ask("connect %s %d %s %s %f"
                .formatted(address, PORT, Secrets.USER, secrets.sshKey(), limit.toMillis() / 1000.0));
    }

    /// Puts a configuration into the candidate and commits it.
    ///
    /// @param file with a `config` element
    public void apply(Path file) {
        process.ask("apply " + file);
    }

    /// Sends an operation.
    ///
    /// @param operation as an XML element
    /// @return the reply as XML, on one line
    /// @throws LabException if the server answers with an error, or there is no session, or no answer within 30 s
    public String rpc(String operation) {
        return process.ask("rpc " + encoded(operation));
    }

    /// Edits the candidate and commits it.
    ///
    /// @param config content of the `config` element
    /// @param commitId by which the commit can be looked up, one word
    public CommitAnswer commit(String config, String commitId) {
        String[] words =
                process.ask("commit " + encoded(config) + " " + commitId).split(" ", 2);
        Fate fate = Fate.valueOf(words[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        return new CommitAnswer(fate, words.length > 1 ? words[1] : "");
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The members of the cluster as its NETCONF server reports them, by serial number, each with its leaves by name.
    public Map<String, Map<String, String>> members() {
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
