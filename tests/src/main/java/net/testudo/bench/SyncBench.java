package net.testudo.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.testudo.element.channel.DeviceKeys;
import net.testudo.element.port.EntropySource;
import net.testudo.lab.JavaCommand;
import net.testudo.lab.Lab;
import net.testudo.lab.LineClient;
import net.testudo.lab.Network;

/// Two devices' cluster links, each in a process and a network namespace of its own, and records from one to the other.
final class SyncBench {
    private static final int WARM_UP_ROUNDS = 2;
    private static final int SENDER = 1;
    private static final int RECEIVER = 2;

    private final SyncOptions options;
    private final PrintStream out;

    SyncBench(SyncOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /// Measures, prints a line for each round and at the end what is in their middle.
    ///
    /// @throws net.testudo.lab.LabException if the lab or a process does not do what it has to
    /// @throws IOException if the figures cannot be written
    void run() throws IOException {
        EntropySource entropy = new SecureRandom()::nextBytes;
        String sendersKey = DeviceKeys.draw(entropy);
        String receiversKey = DeviceKeys.draw(entropy);
        out.printf(
                Locale.ROOT,
                "%d records of %d octets a round: sealed, over the cluster port, acknowledged%n",
                options.records(),
                options.octets());
        List<Double> rates = new ArrayList<>();
        try (Lab lab = Lab.open(2);
                LineClient receiver = member(lab, RECEIVER);
                LineClient sender = member(lab, SENDER)) {
            receiver.ask(receiversKey + " " + DeviceKeys.publicKey(sendersKey));
            sender.ask(sendersKey + " " + DeviceKeys.publicKey(receiversKey));
            for (int round = 1 - WARM_UP_ROUNDS; round <= options.rounds(); round++) {
                double rate = options.records() / seconds(sender.ask(options.records() + " " + options.octets()));
                out.printf(Locale.ROOT, "  %-8s %,12.0f records/s%n", round < 1 ? "warm-up" : "round " + round, rate);
                if (round >= 1) {
                    rates.add(rate);
                }
            }
        }
        out.printf(Locale.ROOT, "  median   %,12.0f records/s%n", median(rates));
        if (options.json().isPresent()) {
            Files.writeString(options.json().get(), json(rates));
        }
    }

    private static LineClient member(Lab lab, int device) {
        List<String> command = new ArrayList<>(JavaCommand.bench(SyncMember.class));
        command.add(Network.CLUSTER.port());
        command.add(Integer.toString(device));
        String name = "member-" + device;
        return new LineClient(name, lab.startPiped(name, lab.topology().device(device), command));
    }

    private static double seconds(String nanoseconds) {
        return Long.parseLong(nanoseconds) / 1e9;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private String json(List<Double> rates) {
        String list = rates.stream()
                .map(rate -> String.format(Locale.ROOT, "%.0f", rate))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "{\"records\": %d, \"octets\": %d, \"records_per_second\": [%s], \"median\": %.0f}%n",
                options.records(),
                options.octets(),
                list,
                median(rates));
    }
}
