package net.testudo.lab.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import org.jspecify.annotations.Nullable;

/// A host of the lab that sends and answers traffic, in a process of its own; led from here.
///
/// Names of probes and connection sets are single words, chosen by the caller. Every method throws [LabException] with
/// what the host said if it cannot obey.
public final class TrafficHost implements AutoCloseable {
    private static final AtomicInteger SESSION = new AtomicInteger();

    private final String namespace;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;

    private TrafficHost(String namespace, Process process) {
        this.namespace = namespace;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /// Starts the host's process without waiting for it: [#awaitReady].
    public static TrafficHost start(Lab lab, String namespace) {
        return new TrafficHost(namespace, lab.startPiped(namespace + "-traffic", namespace, TrafficMain.class));
    }

    /// Waits until the host's code is warm; call it once, before any other command.
    public TrafficHost awaitReady() {
        String line = readLine();
        if (!line.equals("ready")) {
            throw new LabException("traffic in " + namespace + " said '" + line + "' instead of 'ready'");
        }
        return this;
    }

    /// Returns datagrams of probes until the end.
    public void echo(String address, int port) {
        ask("udp-echo " + address + " " + port);
    }

    /// Sends a numbered datagram at this interval until [#probeResult].
    public void probe(String name, String address, int port, Duration interval) {
        ask("udp-probe %s %s %d %d %d".formatted(name, address, port, SESSION.incrementAndGet(), interval.toNanos()));
    }

    /// Echoes so far.
    public long echoesReceived(String name) {
        return Fields.parse(ask("udp-received " + name)).get("received");
    }

    /// From here on a new longest gap is searched.
    public void mark(String name) {
        ask("udp-mark " + name);
    }

    /// What the probe saw up to now; it goes on.
    public ProbeReport probeReport(String name) {
        return ProbeReport.parse(ask("udp-report " + name));
    }

    /// Ends the probe.
    public ProbeReport probeResult(String name) {
        return ProbeReport.parse(ask("udp-result " + name));
    }

    /// Accepts connections with two-way records until the end.
    public void serve(String address, int port) {
        ask("tcp-serve " + address + " " + port);
    }

    /// Opens connections with two-way records and waits until they are established.
    ///
    /// @return how many were within the limit
    public int connect(String name, String address, int port, int count, Duration limit) {
        String answer = ask("tcp-connect %s %s %d %d %d".formatted(name, address, port, count, limit.toNanos()));
        return Math.toIntExact(Fields.parse(answer).get("established"));
    }

    /// How many of the connections are open at this moment.
    public int established(String name) {
        return Math.toIntExact(Fields.parse(ask("tcp-established " + name)).get("established"));
    }

    /// Finds out which connections still carry data both ways, and closes them.
    ///
    /// @param limit how long a connection has for it
    public SurvivorReport survivors(String name, Duration limit) {
        return SurvivorReport.parse(ask("tcp-result " + name + " " + limit.toNanos()));
    }

    private String ask(String command) {
        commands.println(command);
        String answer = readLine();
        if (!answer.startsWith("ok")) {
            throw new LabException("traffic in " + namespace + ": " + answer);
        }
        return answer.substring(2).strip();
    }

    private String readLine() {
        try {
            @Nullable String line = answers.readLine();
            if (line == null) {
                throw new LabException("traffic in " + namespace + " ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the host's process.
    @Override
    public void close() {
        commands.close();
        process.destroyForcibly();
    }
}
