package net.testudo.lab.netconf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.testudo.lab.JavaCommand;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.LineClient;
import net.testudo.lab.cluster.NetconfClient;
import net.testudo.lab.cluster.Secrets;

/// Clients at the management station of the lab, in a process of its own; led from here. Every method throws
/// [LabException] with the server's answer if that is an error.
public final class ClientHost implements AutoCloseable {
    /// Stands in an operation for a number that is another one each time.
    public static final String NUMBER = "%N%";

    private final Lab lab;
    private final Secrets secrets;
    private final LineClient process;
    private int files;

    /// How long something took.
    ///
    /// @param octets of the replies of the last time
    /// @param ns of each time
    public record Times(long octets, List<Long> ns) {}

    /// Starts the process; it has no sessions yet.
    public ClientHost(Lab lab, Secrets secrets) {
        this.lab = lab;
        this.secrets = secrets;
        process = new LineClient(
                "netconf-clients",
                lab.startPiped("netconf-clients", lab.topology().nms(), JavaCommand.lab(ClientMain.class)));
    }

    /// Begins sessions.
    ///
    /// @param name for all of them, a single word
    public void open(String name, int count, String address) {
        process.ask("open %s %d %s %d %s %s"
                .formatted(name, count, address, NetconfClient.PORT, Secrets.USER, secrets.password()));
    }

    /// Ends sessions.
    public void close(String name) {
        process.ask("close " + name);
    }

    /// Sends operations one after the other by one session, and that so many times.
    ///
    /// @param operations as XML elements; [#NUMBER] is replaced
    public Times ask(String name, int times, String... operations) {
        String[] answer = process.ask("ask " + name + " " + times + " " + written(operations))
                .split(" ", -1);
        return new Times(
                Long.parseLong(answer[0]),
                Arrays.stream(answer[1].split(",", -1)).map(Long::valueOf).toList());
    }

    /// Sends operations by all sessions at once, again and again.
    ///
    /// @return how many times a second, all sessions together
    public double rate(String name, Duration time, String... operations) {
        String[] answer = process.ask("rate " + name + " " + time.toNanos() + " " + written(operations))
                .split(" ", -1);
        return Long.parseLong(answer[0]) * (double) Duration.ofSeconds(1).toNanos() / Long.parseLong(answer[1]);
    }

    private String written(String... operations) {
        return Arrays.stream(operations).map(this::write).collect(Collectors.joining(" "));
    }

    private String write(String operation) {
        Path file = lab.directory().resolve("operation-" + ++files);
        try {
            return Files.writeString(file, operation).toString();
        } catch (IOException e) {
            throw new LabException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
