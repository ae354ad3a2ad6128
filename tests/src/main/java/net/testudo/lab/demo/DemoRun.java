package net.testudo.lab.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.testudo.lab.Await;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.Network;
import net.testudo.lab.ProcessorTime;
import net.testudo.lab.Scheduling;
import net.testudo.lab.Topology;
import net.testudo.lab.cluster.DeviceTable;
import net.testudo.lab.cluster.Devices;
import net.testudo.lab.cluster.Formation;
import net.testudo.lab.cluster.NetconfClient;
import net.testudo.lab.cluster.Secrets;
import net.testudo.lab.cluster.SnmpClient;
import net.testudo.mib.ClusterNotification;
import org.jspecify.annotations.Nullable;

/// One run of the demo in a lab of its own, from unconfigured devices to the re-join of the dead one.
final class DemoRun implements AutoCloseable {
    private static final Duration FORMATION_LIMIT = Duration.ofSeconds(60);
    private static final Duration FAILOVER_LIMIT = Duration.ofSeconds(20);
    private static final Duration REJOIN_LIMIT = Duration.ofSeconds(60);
    private static final long NS_PER_MS = 1_000_000;
    private static final String CLUSTER_ADDRESS = Network.INSIDE.address(Topology.CLUSTER_HOST);

    private final Lab lab;
    private final Screen screen;
    private final Death death;
    private final Secrets secrets;
    private final Devices devices;
    private final SnmpClient snmp;
    private final NetconfClient netconf;
    private final Formation formation;
    private final DemoTraffic traffic;
    private @Nullable TrapReceiver traps;

    /// What the management stations saw before the death.
    private record Before(DeviceTable table, String hostKey, String engineId, int notifications) {}

    /// What they saw after it.
    private record After(DeviceTable table, boolean hostKeySame, boolean engineIdSame) {}

    DemoRun(Lab lab, Screen screen, Death death) {
        this.lab = lab;
        this.screen = screen;
        this.death = death;
        this.secrets = Secrets.draw(lab.directory(), lab.topology().devices());
        this.devices = new Devices(lab, secrets);
        this.snmp = new SnmpClient(lab, secrets, CLUSTER_ADDRESS);
        this.netconf = new NetconfClient(lab, secrets);
        this.formation = new Formation(lab, devices, netconf, snmp);
        this.traffic = new DemoTraffic(lab);
    }

    /// Does all of it.
    ///
    /// @throws LabException with what did not happen
    Measurement run() {
        boolean realTime = Scheduling.isRealTime();
        if (!realTime) {
            screen.detail(
                    "no real-time scheduling for this user: devices wait longer, %d ms of interruption are let pass"
                            .formatted(Measurement.ORDINARY_LIMIT_MS));
        }
        screen.phase("start", "devices start, unconfigured", this::start, text -> text);
        long formedMs = timed("form", "one commit, then the others are admitted", this::form);
        Before before = screen.phase(
                "manage",
                "NETCONF and SNMP at the cluster's address",
                this::observe,
                seen -> "%s: NETCONF %s, SNMP engine %s"
                        .formatted(CLUSTER_ADDRESS, shortened(seen.hostKey()), shortened(seen.engineId())));
        ProcessorTime processors = ProcessorTime.now();
        screen.phase("traffic", "probes and connections through the cluster", this::startTraffic, text -> text);
        DeviceTable table = DeviceTable.read(snmp);
        show(table);

        int victim = devices.bySerial(before.table().master().orElseThrow());
        traffic.mark();
        After after = screen.phase(
                "death",
                death.description(),
                () -> die(victim, before),
                seen -> "%s: %s; master is %s; interruption %.1f ms"
                        .formatted(
                                Devices.serial(victim),
                                death.label(),
                                seen.table().master().orElse("none"),
                                traffic.interruptionNs() / (double) NS_PER_MS));
        show(after.table());
        long rejoinedMs = rejoin(victim);
        DemoTraffic.Outcome outcome =
                screen.phase("hosts", "what the hosts noticed", this::finishTraffic, DemoTraffic.Outcome::text);
        screen.detail(outcome.datagrams());
        ProcessorTime used = ProcessorTime.now().since(processors);
        screen.detail(used.text());
        List<String> notifications = receiver().namesAfter(before.notifications());
        showManagement(after, notifications);
        show(DeviceTable.read(snmp));
        return new Measurement(
                death,
                formedMs,
                rejoinedMs,
                outcome,
                table.flows(),
                before.table().roles(),
                after.table().roles(),
                notifications,
                after.hostKeySame(),
                after.engineIdSame(),
                realTime,
                used,
                Reach.of(lab, secrets, snmp.directory(), receiver().pid()));
    }

    private String start() {
        for (int device = 1; device <= devices.count(); device++) {
            devices.start(device);
        }
        traffic.prepare();
        formation.awaitNetconf();
        return "%d devices, unconfigured; NETCONF answers at each one's own address".formatted(devices.count());
    }

    private String form() {
        formation.configure(secrets);
        formation.awaitWhole(FORMATION_LIMIT);
        return "edit-config and commit at %s; it discovered and admitted the others".formatted(Devices.serial(1));
    }

    /// A phase whose duration is a measurement.
    ///
    /// @return its duration in ms
    private long timed(String label, String what, Supplier<String> work) {
        long startNs = System.nanoTime();
        screen.phase(label, what, work, text -> text);
        return (System.nanoTime() - startNs) / NS_PER_MS;
    }

    private Before observe() {
        String hostKey = netconf.connect(CLUSTER_ADDRESS, FAILOVER_LIMIT);
        Map<String, Map<String, String>> members = netconf.members();
        if (members.size() != devices.count()) {
            throw new LabException("NETCONF shows other members than SNMP: " + members.keySet());
        }
        String engineId = engineId();
        TrapReceiver receiver =
                new TrapReceiver(lab, secrets, snmp, engineId, Network.INSIDE.address(Topology.NMS_HOST));
        traps = receiver;
        Await.until("snmptrapd listens", FAILOVER_LIMIT, receiver::ready, ready -> ready);
        return new Before(
                DeviceTable.read(snmp), hostKey, engineId, receiver.received().size());
    }

    private String engineId() {
        return Await.until(
                "SNMP answers at the cluster's address",
                FAILOVER_LIMIT,
                () -> snmp.engineId().orElse(""),
                answer -> !answer.isEmpty());
    }

    private String startTraffic() {
        int established = traffic.start(devices.count());
        if (established < DemoTraffic.CONNECTIONS) {
            throw new LabException(
                    "only %d of %d TCP connections were established".formatted(established, DemoTraffic.CONNECTIONS));
        }
        return "%d UDP probes, %d TCP connections with data both ways, through NAT"
                .formatted(traffic.probes(), established);
    }

    private After die(int victim, Before before) {
        String serial = Devices.serial(victim);
        death.strike(lab, devices, victim);
        // Where the master stays, its agent may be a new process.
        Duration limit = death.masterChanges() ? FAILOVER_LIMIT : Devices.START_LIMIT;
        awaitMaster(limit, master -> !death.masterChanges() || !master.equals(serial));
        if (death.masterChanges()) {
            String switched = ClusterNotification.MASTER_SWITCHED.descriptor();
            Await.until(
                    "the management station receives " + switched,
                    FAILOVER_LIMIT,
                    () -> receiver().namesAfter(before.notifications()),
                    names -> names.contains(switched));
        }
        boolean hostKeySame = netconf.connect(CLUSTER_ADDRESS, limit).equals(before.hostKey());
        boolean engineIdSame = engineId().equals(before.engineId());
        traffic.awaitSteady("the probes pass after the death of " + serial);
        return new After(DeviceTable.read(snmp), hostKeySame, engineIdSame);
    }

    private void awaitMaster(Duration limit, Predicate<String> expected) {
        Await.until(
                "the cluster has a master",
                limit,
                () -> DeviceTable.read(snmp),
                table -> table.master().filter(expected).isPresent());
    }

    /// @return ms from the end of the fault until all are members again
    private long rejoin(int victim) {
        return screen.phase(
                "re-join",
                Devices.serial(victim) + " comes back",
                () -> {
                    death.recover(lab, devices, victim);
                    long startNs = System.nanoTime();
                    devices.awaitRunning(victim);
                    formation.awaitWhole(REJOIN_LIMIT);
                    return (System.nanoTime() - startNs) / NS_PER_MS;
                },
                ms -> "%s is a member again after %d ms".formatted(Devices.serial(victim), ms));
    }

    private DemoTraffic.Outcome finishTraffic() {
        traffic.awaitSteady("the probes pass after the re-join");
        return traffic.finish();
    }

    private void showManagement(After after, List<String> notifications) {
        screen.detail("NETCONF at %s: %s host key; SNMP: %s engine id"
                .formatted(CLUSTER_ADDRESS, same(after.hostKeySame()), same(after.engineIdSame())));
        screen.detail("traps: "
                + notifications.stream()
                        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : " x" + entry.getValue()))
                        .collect(Collectors.joining(", ")));
        String leaseLost = ClusterNotification.LEASE_LOST.descriptor();
        screen.detail("leases lost without a failover: "
                + notifications.stream().filter(leaseLost::equals).count());
    }

    private static String same(boolean same) {
        return same ? "the same" : "ANOTHER";
    }

    private void show(DeviceTable table) {
        table.lines().forEach(screen::detail);
    }

    private TrapReceiver receiver() {
        TrapReceiver receiver = traps;
        if (receiver == null) {
            throw new LabException("snmptrapd was not started");
        }
        return receiver;
    }

    private static String shortened(String text) {
        int length = 20;
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    /// The ends of the devices' logs.
    String logTails() {
        return devices.logTails();
    }

    @Override
    public void close() {
        traffic.close();
        netconf.close();
    }
}
