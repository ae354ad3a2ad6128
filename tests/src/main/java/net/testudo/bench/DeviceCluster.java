package net.testudo.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.testudo.lab.Await;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.cluster.ClusterConfiguration;
import net.testudo.lab.cluster.DeviceTable;
import net.testudo.lab.cluster.Devices;
import net.testudo.lab.cluster.Formation;
import net.testudo.lab.cluster.NetconfClient;
import net.testudo.lab.cluster.NetconfClient.CommitAnswer;
import net.testudo.lab.cluster.NetconfClient.Fate;
import net.testudo.lab.cluster.Secrets;
import net.testudo.lab.cluster.SnmpClient;
import net.testudo.lab.traffic.TrafficHost;

/// A cluster of real devices in a lab of its own, with a client and a server that talk through it.
final class DeviceCluster implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ADDRESS = Network.INSIDE.address(Topology.CLUSTER_HOST);
    private static final String OUTSIDE_ADDRESS = Network.OUTSIDE.address(Topology.CLUSTER_HOST);
    private static final int PORT = ClusterConfiguration.SERVED_PORT_LOWEST;
    private static final long STEADY_ECHOES = 20;
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
    private static final String CLUSTER = "urn:testudo:yang:testudo-cluster";
    private static final Pattern COUNTER =
            Pattern.compile("<counter>\\s*<name>([^<]*)</name>\\s*<value>(\\d+)</value>\\s*</counter>");

    private final Lab lab;
    private final Secrets secrets;
    private final Devices devices;
    private final SnmpClient snmp;
    private final NetconfClient netconf;
    private final Formation formation;
    private final TrafficHost client;
    private final TrafficHost server;

    /// @param realTime whether the devices may have real-time scheduling
    DeviceCluster(int count, boolean realTime) {
        lab = Lab.open(count);
        secrets = Secrets.draw(lab.directory(), count);
        devices = new Devices(lab, secrets, realTime);
        snmp = new SnmpClient(lab, secrets, ADDRESS);
        netconf = new NetconfClient(lab, secrets);
        formation = new Formation(lab, devices, netconf, snmp);
        client = TrafficHost.start(lab, lab.topology().client());
        server = TrafficHost.start(lab, lab.topology().server());
        for (int device = 1; device <= count; device++) {
            devices.start(device);
        }
        client.awaitReady();
        server.awaitReady().echo(Network.INSIDE.address(Topology.END_HOST), PORT);
        formation.awaitNetconf();
        formation.configure(secrets);
        awaitWhole();
    }

    Lab lab() {
        return lab;
    }

    Secrets secrets() {
        return secrets;
    }

    /// The processes of a device: its element's and its agent's.
    List<Long> processes(int device) {
        return List.of(devices.process(device).pid(), devices.agent(device));
    }

    void awaitWhole() {
        formation.awaitWhole(LIMIT);
    }

    /// Lets the client send a datagram through the cluster to the server at this interval, and waits for echoes.
    void probe(String name, Duration interval) {
        client.probe(name, OUTSIDE_ADDRESS, PORT, interval);
        awaitEchoes(name);
    }

    TrafficHost client() {
        return client;
    }

    /// Waits until a probe has had some more echoes.
    void awaitEchoes(String name) {
        long before = client.echoesReceived(name);
        Await.until(
                "echoes of the probe " + name,
                LIMIT,
                () -> client.echoesReceived(name),
                echoes -> echoes >= before + STEADY_ECHOES);
    }

    /// Sets after which time a silent device counts as dead.
    void setDeadTime(int ms) {
        netconf.connect(ADDRESS, LIMIT);
        CommitAnswer answer = netconf.commit(
                "<cluster xmlns='" + CLUSTER + "'><timing><dead-time>" + ms + "</dead-time></timing></cluster>",
                "dead-time");
        if (answer.fate() != Fate.ACKNOWLEDGED) {
            throw new LabException("the dead time cannot be set: " + answer.text());
        }
        awaitWhole();
    }

    /// The device that is master, by its number in the lab.
    int master() {
        return Await.until("the cluster has a master", LIMIT, this::masterNow, master -> master != 0);
    }

    /// Waits for another master than this one.
    void awaitOtherMaster(int than) {
        Await.until("another master", LIMIT, this::masterNow, master -> master != 0 && master != than);
    }

    private int masterNow() {
        return DeviceTable.read(snmp).master().map(devices::bySerial).orElse(0);
    }

    /// Takes the power of a device: its links are cut, its processes stand still. They are ended when it gets its power
    /// back: to take their memory away costs this machine, on which the others run, tens of milliseconds of a core.
    void powerOff(int device) {
        lab.cutAllLinks(device);
        devices.process(device).stop();
    }

    void powerOn(int device) {
        devices.process(device).kill();
        lab.restoreAllLinks(device);
        devices.start(device);
        devices.awaitRunning(device);
    }

    /// How the newest election went, in the words of the rpc `explain-election`: numbers by name.
    Map<String, Long> newestElection() {
        netconf.connect(ADDRESS, LIMIT);
        String reply = netconf.rpc("<explain-election xmlns='urn:testudo:yang:testudo-event-log'/>");
        Map<String, Long> numbers = new LinkedHashMap<>();
        Matcher leaf =
                Pattern.compile("<(?:\\w+:)?([a-z-]+)(?: [^>]*)?>(\\d+)</").matcher(reply);
        while (leaf.find()) {
            numbers.putIfAbsent(leaf.group(1), Long.parseLong(leaf.group(2)));
        }
        return numbers;
    }

    /// The counters of a device.
    Map<String, Long> counters(int device) {
        devices.requireAlive();
        netconf.connect(lab.topology().managementAddress(device), LIMIT);
        String reply = netconf.rpc("<get xmlns='" + BASE + "'><filter type='subtree'><cluster xmlns='" + CLUSTER
                + "'><state><counter/></state></cluster></filter></get>");
        Map<String, Long> counters = new LinkedHashMap<>();
        Matcher counter = COUNTER.matcher(reply);
        while (counter.find()) {
            counters.put(counter.group(1), Long.parseLong(counter.group(2)));
        }
        if (counters.isEmpty()) {
            throw new LabException("device " + device + " shows no counters: " + reply);
        }
        return counters;
    }

    /// How often a kind of event stands in the log of the cluster.
    long events(String kind) {
        netconf.connect(ADDRESS, LIMIT);
        String reply = netconf.rpc("<get xmlns='" + BASE + "'><filter type='subtree'><cluster xmlns='" + CLUSTER
                + "'><event-log xmlns='urn:testudo:yang:testudo-event-log'><event/></event-log></cluster></filter>"
                + "</get>");
        return Pattern.compile(">" + kind + "</").matcher(reply).results().count();
    }

    int count() {
        return devices.count();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        netconf.close();
        lab.close();
    }
}
