package net.testudo.lab.orchestrators;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.testudo.cli.Program;
import net.testudo.lab.Await;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.cluster.Devices;
import net.testudo.lab.cluster.Formation;
import net.testudo.lab.cluster.NetconfClient;
import net.testudo.lab.cluster.Secrets;
import net.testudo.lab.cluster.SnmpClient;

/// The program behind `./testudo orchestrators`.
public final class Orchestrators {
    private static final int FAILURE = 1;
    private static final int MISSING = 3;
    private static final int COUNT = 2;
    private static final Duration FORMATION_LIMIT = Duration.ofSeconds(60);
    private static final Duration ORDER_LIMIT = Duration.ofMinutes(2);
    private static final Duration STEP_LIMIT = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int KILL_AFTER_LEAST_MS = 5_000;
    private static final int KILL_AFTER_MOST_MS = 15_000;

    private final OrchestratorsOptions options;
    private final PrintStream out;
    private final List<String> broken = new ArrayList<>();
    private int kills;

    private Orchestrators(OrchestratorsOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /// Ends the JVM with the status of [#run].
    public static void main(String[] arguments) {
        System.exit(run(System.out, arguments));
    }

    /// Does what the arguments say, without ending the JVM.
    ///
    /// @return the exit status, as `--help` explains it
    public static int run(PrintStream out, String... arguments) {
        return Program.run(new OrchestratorsCommand(out), out, System.err, arguments);
    }

    /// The same of arguments that were parsed.
    static int run(OrchestratorsOptions options, PrintStream out) {
        if (!Lab.usable()) {
            System.err.println("testudo orchestrators: this process may not create network namespaces. Run it as root;"
                    + " in a container, give that CAP_SYS_ADMIN and CAP_NET_ADMIN.");
            return MISSING;
        }
        return new Orchestrators(options, out).playInLab();
    }

    private int playInLab() {
        out.printf(
                "Testudo: %d devices, %d orchestrators, %d s, seed %d%n",
                options.devices(), COUNT, options.time().toSeconds(), options.seed());
        try (Lab lab = Lab.open(options.devices())) {
            try {
                play(lab);
            } catch (LabException e) {
                broken.add(String.valueOf(e.getMessage()));
            }
            if (!broken.isEmpty() && !lab.closed()) {
                Path kept = lab.saveLogs();
                out.println("Logs are kept in " + kept + ".");
            }
        }
        broken.forEach(text -> out.println("FAILED: " + text));
        out.println(broken.isEmpty() ? "All held." : "Something did not hold.");
        return broken.isEmpty() ? 0 : FAILURE;
    }

    private void play(Lab lab) {
        Secrets secrets = Secrets.draw(lab.directory(), options.devices());
        Devices devices = new Devices(lab, secrets);
        SnmpClient snmp = new SnmpClient(lab, secrets, Network.INSIDE.address(Topology.CLUSTER_HOST));
        Formation formation = form(lab, secrets, devices, snmp);
        SplittableRandom random = new SplittableRandom(options.seed());
        List<Orchestrator> orchestrators = IntStream.rangeClosed(1, COUNT)
                .mapToObj(number -> new Orchestrator("orchestrator-" + number, lab, secrets, random.nextLong()))
                .toList();
        List<Thread> threads = orchestrators.stream()
                .map(orchestrator ->
                        Thread.ofPlatform().name(orchestrator.name()).daemon().start(orchestrator))
                .toList();
        long endNs = System.nanoTime() + options.time().toNanos();
        while (System.nanoTime() < endNs
                && orchestrators.stream().allMatch(one -> one.broken().isEmpty())) {
            killOneMaster(devices, formation, random, endNs);
            out.println("%4d s left, %d masters killed; acknowledged/unknown/undone: %s"
                    .formatted(
                            Math.max(0, (endNs - System.nanoTime()) / 1_000_000_000L), kills, counts(orchestrators)));
        }
        orchestrators.forEach(Orchestrator::stop);
        threads.forEach(Orchestrators::join);
        orchestrators.forEach(orchestrator -> broken.addAll(orchestrator.broken()));
        if (broken.isEmpty()) {
            finish(lab, secrets, orchestrators);
        }
        if (options.verbose() || !broken.isEmpty()) {
            orchestrators.forEach(one -> one.ledger().lines().forEach(line -> out.println(one.name() + " " + line)));
        }
        out.println("%d masters killed; acknowledged/unknown/undone: %s".formatted(kills, counts(orchestrators)));
    }

    private static String counts(List<Orchestrator> orchestrators) {
        return String.join(
                ", ", orchestrators.stream().map(one -> one.ledger().counts()).toList());
    }

    private static Formation form(Lab lab, Secrets secrets, Devices devices, SnmpClient snmp) {
        for (int device = 1; device <= devices.count(); device++) {
            devices.start(device);
        }
        try (NetconfClient netconf = new NetconfClient(lab, secrets)) {
            Formation formation = new Formation(lab, devices, netconf, snmp);
            formation.awaitNetconf();
            formation.configure(secrets);
            formation.awaitWhole(FORMATION_LIMIT);
            return formation;
        }
    }

    /// Waits a while, lets the master of that moment die, starts it again, and waits until all are members.
    private void killOneMaster(Devices devices, Formation formation, SplittableRandom random, long endNs) {
        long afterNs = 1_000_000L * random.nextInt(KILL_AFTER_LEAST_MS, KILL_AFTER_MOST_MS);
        try {
            Thread.sleep(Duration.ofNanos(Math.clamp(endNs - System.nanoTime(), 0, afterNs)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
        if (System.nanoTime() >= endNs) {
            return;
        }
        int master = devices.bySerial(formation.awaitWhole(ORDER_LIMIT).master().orElseThrow());
        devices.process(master).kill();
        kills++;
        devices.start(master);
        devices.awaitRunning(master);
        formation.awaitWhole(ORDER_LIMIT);
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(STEP_LIMIT)) {
                throw new LabException(thread.getName() + " hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    /// All is over: no lock is held, no trial waits, and each value is one that may be there.
    private void finish(Lab lab, Secrets secrets, List<Orchestrator> orchestrators) {
        try (WireSession session = Await.until(
                        "a session at the cluster's address",
                        ORDER_LIMIT,
                        () -> WireSession.begin(lab, secrets, "last"),
                        Optional::isPresent)
                .orElseThrow()) {
            for (Orchestrator orchestrator : orchestrators) {
                Seen seen = Seen.of(Await.until(
                        "no confirmed commit waits",
                        ORDER_LIMIT,
                        PAUSE,
                        () -> session.ask(Seen.operation(orchestrator.name())).orElse("the session is lost"),
                        reply -> reply.contains("<rpc-reply") && !Seen.of(reply).waiting()));
                orchestrator.check(seen);
                broken.addAll(orchestrator.broken());
                if (orchestrator.ledger().acknowledged() == 0) {
                    broken.add(orchestrator.name() + ": nothing was acknowledged");
                }
            }
            for (String datastore : List.of("running", "candidate")) {
                String target = "<target><" + datastore + "/></target>";
                String reply = session.ask("<lock>" + target + "</lock>").orElse("the session is lost");
                if (!reply.contains("<ok")) {
                    broken.add("a lock stays: " + reply);
                }
            }
        }
    }
}
