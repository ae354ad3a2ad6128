package net.testudo.lab.traffic;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import net.testudo.lab.JavaCommand;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.LineClient;

/// A host of the lab that sends and answers traffic, in a process of its own; led from here.
///
/// Names of probes and connection sets are single words, chosen by the caller. Every method throws [LabException] with
/// what the host said if it cannot obey.
public final class TrafficHost implements AutoCloseable {
    private static final AtomicInteger SESSION = new AtomicInteger();

    private final LineClient process;

    private TrafficHost(LineClient process) {
        this.process = process;
    }

    /// Starts the host's process without waiting for it: [#awaitReady].
    public static TrafficHost start(Lab lab, String namespace) {
        String name = "traffic in " + namespace;
        Process process = lab.startPiped("traffic-" + namespace, namespace, JavaCommand.lab(TrafficMain.class));
        return new TrafficHost(new LineClient(name, process));
    }

    /// Waits until the host's code is warm; call it once, before any other command.
    public TrafficHost awaitReady() {
        String line = process.readLine();
        if (!line.equals("ready")) {
            throw new LabException("a traffic host said '" + line + "' instead of 'ready'");
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
        return process.ask(command);
    }

    /// Ends the host's process.
    @Override
    public void close() {
        process.close();
    }
}
