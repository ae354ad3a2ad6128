package net.testudo.bench;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final double RECORDS_TARGET = 1_000_000;
    private static final int TARGET_OCTETS = 100;
    private static final int CHANGES_A_SECOND = 50_000;
    private static final double LAG_TARGET_MS = 10;

    private final Report report;

    SyncBench(Report report) {
        this.report = report;
    }

    /// Measures how many records a second arrive, and how late they are acknowledged when they come at an even rate.
    ///
    /// @param records of one round
    /// @param octets of a record
    /// @param rounds that are measured
    /// @param lagSeconds for how long changes come at an even rate; 0 for not at all
    /// @throws net.testudo.lab.LabException if the lab or a process does not do what it has to
    void run(int records, int octets, int rounds, int lagSeconds) {
        EntropySource entropy = new SecureRandom()::nextBytes;
        String sendersKey = DeviceKeys.draw(entropy);
        String receiversKey = DeviceKeys.draw(entropy);
        report.line("%d records of %d octets a round: sealed, over the cluster port, acknowledged"
                .formatted(records, octets));
        try (Lab lab = Lab.open(2);
                LineClient receiver = member(lab, RECEIVER);
                LineClient sender = member(lab, SENDER)) {
            receiver.ask(receiversKey + " " + DeviceKeys.publicKey(sendersKey));
            sender.ask(sendersKey + " " + DeviceKeys.publicKey(receiversKey));
            addRate(sender, records, octets, rounds);
            if (lagSeconds > 0) {
                addLag(sender, octets, lagSeconds);
            }
        }
    }

    private void addRate(LineClient sender, int records, int octets, int rounds) {
        Samples rates = new Samples();
        for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
            double rate = records / (Long.parseLong(sender.ask("round " + records + " " + octets)) / 1e9);
            report.line(String.format(
                    Locale.ROOT, "  %-8s %,12.0f records/s", round < 1 ? "warm-up" : "round " + round, rate));
            if (round >= 1) {
                rates.add(rate);
            }
        }
        Figure figure = Figure.of("sync-records", rates.median(), "records/s").against(CipherRate.records(octets));
        report.add(octets == TARGET_OCTETS ? figure.atLeast(RECORDS_TARGET) : figure);
    }

    private void addLag(LineClient sender, int octets, int seconds) {
        String[] lag = sender.ask("lag " + CHANGES_A_SECOND * seconds + " " + octets + " " + CHANGES_A_SECOND)
                .split(" ", -1);
        String name = "lag-at-%d-changes".formatted(CHANGES_A_SECOND);
        report.add(Figure.of(name + "-p50", Long.parseLong(lag[0]) / 1e6, "ms"));
        report.add(Figure.of(name + "-p99", Long.parseLong(lag[1]) / 1e6, "ms").atMost(LAG_TARGET_MS));
        report.add(Figure.of(name + "-max", Long.parseLong(lag[2]) / 1e6, "ms"));
    }

    private static LineClient member(Lab lab, int device) {
        List<String> command = new ArrayList<>(JavaCommand.bench(SyncMember.class));
        command.add(Network.CLUSTER.port());
        command.add(Integer.toString(device));
        String name = "member-" + device;
        return new LineClient(name, lab.startPiped(name, lab.topology().device(device), command));
    }
}
