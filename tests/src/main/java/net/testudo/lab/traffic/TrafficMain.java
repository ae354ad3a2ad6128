package net.testudo.lab.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The process of one host: obeys lines on its standard input, answers each with one line, ends with its input.
public final class TrafficMain {
    private static final long RECORD_INTERVAL_NS = 100_000_000L;
    private static final long WARM_UP_INTERVAL_NS = 50_000L;
    private static final int WARM_UP_ECHOES = 5_000;
    private static final long WARM_UP_LIMIT_NS = 2_000_000_000L;

    private final TcpTraffic tcp = new TcpTraffic(RECORD_INTERVAL_NS);
    private final Map<String, UdpProbe> probes = new HashMap<>();
    private final Map<String, TcpSurvivors> survivors = new HashMap<>();

    private TrafficMain() throws IOException {}

    /// Says `ready` once its code is warm, then obeys.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        TrafficMain host = new TrafficMain();
        warmUp();
        PrintStream answers = System.out;
        answers.println("ready");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (@Nullable String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(host.answer(line));
        }
    }

    /// Runs a probe against itself, so that the first real measurement does not meet interpreted code.
    private static void warmUp() throws IOException, InterruptedException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (UdpEcho echo = new UdpEcho(new InetSocketAddress(loopback, 0));
                UdpProbe probe = new UdpProbe(echo.local(), 0, WARM_UP_INTERVAL_NS)) {
            long startNs = System.nanoTime();
            while (probe.received() < WARM_UP_ECHOES && System.nanoTime() - startNs < WARM_UP_LIMIT_NS) {
                LockSupport.parkNanos(WARM_UP_INTERVAL_NS);
            }
            probe.finish();
        }
    }

    private String answer(String line) throws InterruptedException {
        try {
            return ("ok " + obey(line.strip().split(" +", -1))).strip();
        } catch (IOException | RuntimeException e) {
            return "error " + line + ": " + e;
        }
    }

    private String obey(String[] words) throws IOException, InterruptedException {
        return switch (words[0]) {
            case "udp-echo" -> {
                // It serves until the process ends.
                new UdpEcho(address(words[1], words[2]));
                yield "";
            }
            case "udp-probe" -> {
                UdpProbe probe =
                        new UdpProbe(address(words[2], words[3]), Integer.parseInt(words[4]), Long.parseLong(words[5]));
                probes.put(words[1], probe);
                yield "";
            }
            case "udp-received" -> "received=" + known(probes, words[1]).received();
            case "udp-mark" -> {
                known(probes, words[1]).mark();
                yield "";
            }
            case "udp-report" -> known(probes, words[1]).report().format();
            case "udp-result" -> {
                try (UdpProbe probe = known(probes, words[1])) {
                    probes.remove(words[1]);
                    yield probe.finish().format();
                }
            }
            case "tcp-serve" -> {
                tcp.serve(address(words[1], words[2]));
                yield "";
            }
            case "tcp-connect" -> {
                TcpSurvivors opened = new TcpSurvivors(tcp, address(words[2], words[3]), Integer.parseInt(words[4]));
                survivors.put(words[1], opened);
                yield "established=" + opened.awaitEstablished(Long.parseLong(words[5]));
            }
            case "tcp-established" ->
                "established=" + known(survivors, words[1]).established();
            case "tcp-result" -> {
                TcpSurvivors finished = known(survivors, words[1]);
                survivors.remove(words[1]);
                yield finished.finish(Long.parseLong(words[2])).format();
            }
            default -> throw new IllegalArgumentException("unknown command");
        };
    }

    private static InetSocketAddress address(String host, String port) {
        return new InetSocketAddress(host, Integer.parseInt(port));
    }

    private static <T> T known(Map<String, T> things, String name) {
        T thing = things.get(name);
        if (thing == null) {
            throw new IllegalArgumentException("nothing is called '" + name + "'");
        }
        return thing;
    }
}
