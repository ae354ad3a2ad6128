package net.testudo.lab.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.testudo.lab.Await;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.cluster.DeviceTable;
import net.testudo.lab.cluster.Devices;
import net.testudo.lab.cluster.Formation;
import net.testudo.lab.cluster.NetconfClient;
import net.testudo.lab.cluster.NetconfClient.Fate;
import net.testudo.lab.cluster.Secrets;
import net.testudo.lab.cluster.SnmpClient;
import net.testudo.lab.faults.FaultTraffic.Noticed;
import net.testudo.lab.faults.MasterWatch.Change;

/// One cluster in a lab of its own, under traffic and commits, to which faults happen.
final class FaultRun implements AutoCloseable {
    private static final Duration FORMATION_LIMIT = Duration.ofSeconds(60);
    private static final Duration ORDER_LIMIT = Duration.ofMinutes(2);
    private static final Duration RECORD_LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final long READ_INTERVAL_NS = 5_000_000_000L;
    private static final long NS_PER_MS = 1_000_000;
    private static final String CLUSTER_ADDRESS = Network.INSIDE.address(Topology.CLUSTER_HOST);
    private static final String WHOLE_HISTORY =
            "<cluster xmlns=\"urn:testudo:yang:testudo-cluster\"><history xmlns=\"urn:testudo:yang:testudo-revisions\">"
                    + "<depth>64</depth></history></cluster>";

    private final Devices devices;
    private final SnmpClient snmp;
    private final FaultInjector injector;
    private final FaultTraffic traffic;
    private final WireTap tap;
    private final ManagementView view;
    private final CommitStream commits;
    private final CommitCheck commitCheck;
    private final List<Election> elections = new ArrayList<>();
    private int master;
    private long historyReadNs = System.nanoTime();

    /// Whether all is in order, or what is missing.
    private record Order(DeviceTable table, List<String> withoutAgent, boolean commits) {
        boolean complete(int devices) {
            return table.whole(devices) && withoutAgent.isEmpty() && commits;
        }

        @Override
        public String toString() {
            return "%s%ndevices without an agent: %s; a commit was acknowledged since: %s"
                    .formatted(table, withoutAgent, commits ? "yes" : "no");
        }
    }

    /// What came of a step: who is master, how that changed on the wire, and what the records say of it.
    private record Outcome(
            int master, Map<Network, List<Change>> changes, List<Election> elections, FailoverCheck check) {
        boolean isRecorded() {
            return check.unexplainedMaster(master).isEmpty()
                    && changes.values().stream()
                            .allMatch(seen -> check.unrecorded(seen).isEmpty());
        }
    }

    private FaultRun(Lab lab, Secrets secrets, Devices devices, SnmpClient snmp, FaultTraffic traffic) {
        this.devices = devices;
        this.snmp = snmp;
        this.traffic = traffic;
        this.injector = new FaultInjector(lab, devices);
        this.tap = new WireTap(lab);
        this.view = new ManagementView(new NetconfClient(lab, secrets, "reading-client"), CLUSTER_ADDRESS);
        this.commits = new CommitStream(new NetconfClient(lab, secrets, "committing-client"), CLUSTER_ADDRESS);
        this.commitCheck = new CommitCheck(view, commits.ledger());
    }

    /// Starts devices and hosts, forms the cluster, and lets traffic and commits begin.
    ///
    /// @throws LabException with what did not happen
    static FaultRun form(Lab lab) {
        Secrets secrets = Secrets.draw(lab.directory(), lab.topology().devices());
        Devices devices = new Devices(lab, secrets);
        SnmpClient snmp = new SnmpClient(lab, secrets, CLUSTER_ADDRESS);
        FaultTraffic traffic = new FaultTraffic(lab);
        for (int device = 1; device <= devices.count(); device++) {
            devices.start(device);
        }
        traffic.prepare();
        try (NetconfClient netconf = new NetconfClient(lab, secrets)) {
            Formation formation = new Formation(lab, devices, netconf, snmp);
            formation.awaitNetconf();
            formation.configure(secrets);
            formation.awaitWhole(FORMATION_LIMIT);
            NetconfClient.CommitAnswer answer = netconf.commit(WHOLE_HISTORY, "whole-history");
            if (answer.fate() != Fate.ACKNOWLEDGED) {
                throw new LabException("the first commit was answered " + answer);
            }
        }
        traffic.start(devices.count());
        FaultRun run = new FaultRun(lab, secrets, devices, snmp, traffic);
        run.begin();
        return run;
    }

    private void begin() {
        DeviceTable table = awaitOrder(0);
        view.setDevices(table.rows().stream()
                .collect(Collectors.toMap(DeviceTable.Row::number, row -> devices.bySerial(row.serial()))));
        Outcome formed = awaitRecords(new FaultStep(0, List.of()));
        master = formed.master();
        elections.addAll(formed.elections());
        List<String> broken = new ArrayList<>(formed.check().unexplainedMaster(master));
        broken.addAll(commitCheck.check());
        commits.onHistoryRead();
        if (!broken.isEmpty()) {
            throw new LabException("already before the first fault: " + String.join("; ", broken));
        }
    }

    /// Lets the faults of a step happen, waits until all is in order again, and looks at what must hold.
    ///
    /// @throws LabException with what is missing, if it does not come in order
    StepOutcome play(FaultStep step) {
        CommitLedger.Counts before = commits.ledger().counts();
        int connections = traffic.begin();
        injector.play(step);
        long healedNs = System.nanoTime();
        awaitOrder(commits.ledger().counts().acknowledged());
        long orderMs = (System.nanoTime() - healedNs) / NS_PER_MS;
        traffic.awaitSteady();
        Outcome seen = awaitRecords(step);
        int now = seen.master();
        FailoverCheck check = seen.check();
        Noticed noticed = traffic.end(connections);
        List<String> broken = new ArrayList<>(check.unexplained());
        broken.addAll(check.unexplainedMaster(now));
        seen.changes().values().forEach(changes -> broken.addAll(check.unrecorded(changes)));
        broken.addAll(tap.takeDoubleOwners());
        broken.addAll(commitCheck.check());
        commits.onHistoryRead();
        if (step.single() && step.majorityStays(devices.count())) {
            broken.addAll(unwelcome(noticed));
        }
        elections.addAll(seen.elections());
        StepOutcome outcome = new StepOutcome(
                step,
                master,
                now,
                orderMs,
                seen.elections(),
                check.leasesLost(),
                commits.ledger().counts().minus(before),
                noticed,
                broken);
        master = now;
        return outcome;
    }

    /// What no host may notice of a single fault.
    private static List<String> unwelcome(Noticed noticed) {
        List<String> broken = new ArrayList<>();
        if (noticed.alive() < noticed.connections()) {
            broken.add(noticed.connections() - noticed.alive() + " of " + noticed.connections()
                    + " TCP connections were lost");
        }
        if (noticed.natChanges() > 0) {
            broken.add(noticed.natChanges() + " times a NAT mapping changed");
        }
        return broken;
    }

    /// Reads who is master, who acted as one, and the records, until they agree: the role may move meanwhile, and a
    /// record is written when the new master knows who carries which flow, a little later than all can be in order.
    private Outcome awaitRecords(FaultStep step) {
        long startNs = System.nanoTime();
        long newest = elections.isEmpty() ? 0 : elections.getLast().epoch();
        Map<Network, List<Change>> changes = new EnumMap<>(Network.class);
        while (true) {
            int now = masterOf(awaitOrder(0));
            boolean acts = tap.awaitMaster() == now;
            tap.takeChanges().forEach((network, more) -> changes.merge(network, more, FaultRun::concatenated));
            List<Election> since = view.electionsAfter(newest);
            Outcome seen = new Outcome(now, changes, since, new FailoverCheck(step, devices.count(), master, since));
            if ((acts && seen.isRecorded()) || System.nanoTime() - startNs > RECORD_LIMIT.toNanos()) {
                return seen;
            }
        }
    }

    private static <T> List<T> concatenated(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private int masterOf(DeviceTable table) {
        return devices.bySerial(table.master().orElseThrow());
    }

    private DeviceTable awaitOrder(int acknowledged) {
        return Await.until(
                        "all devices are members in their roles, in sync, with their agents, and commits are"
                                + " acknowledged",
                        ORDER_LIMIT,
                        PAUSE,
                        () -> order(acknowledged),
                        order -> order.complete(devices.count()))
                .table();
    }

    private Order order(int acknowledged) {
        devices.requireAlive();
        DeviceTable table = DeviceTable.read(snmp);
        if (table.master().isPresent() && System.nanoTime() - historyReadNs > READ_INTERVAL_NS) {
            readHistory();
        }
        List<String> withoutAgent = IntStream.rangeClosed(1, devices.count())
                .filter(device -> devices.agent(device) == 0)
                .mapToObj(Devices::serial)
                .toList();
        return new Order(table, withoutAgent, commits.ledger().counts().acknowledged() > acknowledged);
    }

    private void readHistory() {
        historyReadNs = System.nanoTime();
        List<String> broken;
        try {
            broken = commitCheck.read();
        } catch (LabException _) {
            return; // not all is in order yet; it is read again
        }
        if (!broken.isEmpty()) {
            throw new LabException(String.join("; ", broken));
        }
        commits.onHistoryRead();
    }

    /// Ends commits, and looks at all of them once more.
    ///
    /// @return what must never happen and did
    List<String> finish() {
        commits.end();
        return commitCheck.check();
    }

    /// What was seen, in one line each.
    List<String> totals() {
        return List.of(
                "commits acknowledged/refused/unknown: %s; the newest revision is %d"
                        .formatted(commits.ledger().counts(), commitCheck.newestRevision()),
                "records of elections: %d; signs of a master on the wire: %d; flows that moved: %d"
                        .formatted(elections.size(), tap.signs(), tap.moves()));
    }

    /// Commits and elections, for the evidence of a failure.
    List<String> evidence() {
        List<String> lines = new ArrayList<>(List.of("Elections:"));
        elections.forEach(election -> lines.add(election.toString()));
        lines.add("Commits:");
        lines.addAll(commits.ledger().lines());
        return lines;
    }

    /// What crossed the wire last.
    WireTap tap() {
        return tap;
    }

    @Override
    public void close() {
        tap.close();
        traffic.close();
        view.close();
        commits.close();
    }
}
