package net.testudo.lab.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.testudo.lab.LabException;
import net.testudo.lab.cluster.NetconfClient;
import org.w3c.dom.Element;

/// What the management station reads of the cluster by NETCONF, at the cluster's address. A session that was lost is
/// opened again.
final class ManagementView implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
    private static final String CLUSTER = "urn:testudo:yang:testudo-cluster";
    private static final String EVENT_LOG = "urn:testudo:yang:testudo-event-log";
    private static final String REVISIONS = "urn:testudo:yang:testudo-revisions";
    private static final String SWITCHED = "master-switched";

    private final NetconfClient netconf;
    private final String address;
    private Map<Integer, Integer> devices = Map.of();
    private boolean connected;

    ManagementView(NetconfClient netconf, String address) {
        this.netconf = netconf;
        this.address = address;
    }

    /// The cluster numbers its devices as they join, which need not be the lab's order.
    ///
    /// @param byNumber number in the lab by number in the cluster
    void setDevices(Map<Integer, Integer> byNumber) {
        devices = Map.copyOf(byNumber);
    }

    private int device(Element reply, String leaf) {
        int number = (int) Xml.number(reply, leaf);
        return devices.getOrDefault(number, number);
    }

    /// The decided revisions that the cluster still lists, in its order.
    List<Revision> history() {
        String filter = "<history xmlns='" + REVISIONS + "'><revision/></history>";
        return read(
                get(filter),
                reply -> Xml.all(reply, "revision").stream()
                        .map(revision -> new Revision(
                                Xml.number(revision, "number"),
                                Xml.text(revision, "hash"),
                                Xml.text(revision, "parent"),
                                Xml.text(revision, "commit-id")))
                        .toList());
    }

    /// The name of the cluster in the content of a revision; nothing if its content is not kept any more.
    Optional<String> nameIn(long revision) {
        String operation = "<get-revision xmlns='" + REVISIONS + "'><number>" + revision + "</number></get-revision>";
        return read(
                operation,
                reply -> Xml.all(reply, "cluster").stream()
                        .filter(cluster -> CLUSTER.equals(cluster.getNamespaceURI()))
                        .map(cluster -> Xml.text(cluster, "name"))
                        .findFirst());
    }

    /// Whether the cluster says that a commit holds.
    boolean committed(String commitId) {
        String operation =
                "<commit-status xmlns='" + CLUSTER + "'><commit-id>" + commitId + "</commit-id></commit-status>";
        return read(operation, reply -> Xml.text(reply, "status")).equals("committed");
    }

    /// Records of elections of later epochs than `epoch`, ascending, each with the explanation of it.
    List<Election> electionsAfter(long epoch) {
        String filter = "<event-log xmlns='" + EVENT_LOG + "'><event/></event-log>";
        return read(get(filter), reply -> Xml.all(reply, "event")).stream()
                .filter(event -> Xml.text(event, "kind").equals(SWITCHED) && Xml.number(event, "epoch") > epoch)
                .map(event -> explained(Xml.number(event, "epoch"), Xml.text(event, "event-id")))
                .sorted((a, b) -> Long.compare(a.epoch(), b.epoch()))
                .toList();
    }

    private Election explained(long epoch, String eventId) {
        String operation =
                "<explain-election xmlns='" + EVENT_LOG + "'><epoch>" + epoch + "</epoch></explain-election>";
        return read(operation, reply -> {
            if (!Xml.text(reply, "event-id").equals(eventId)) {
                throw new LabException("epoch " + epoch + " has two records in the event log: " + eventId + " and "
                        + Xml.text(reply, "event-id"));
            }
            return new Election(
                    epoch,
                    eventId,
                    device(reply, "winner"),
                    device(reply, "from"),
                    Xml.text(reply, "reason"),
                    Xml.text(reply, "cause"),
                    Xml.number(reply, "duration"));
        });
    }

    private static String get(String filter) {
        return "<get xmlns='" + BASE + "'><filter type='subtree'><cluster xmlns='" + CLUSTER + "'>" + filter
                + "</cluster></filter></get>";
    }

    /// Reads need no second thought: they are repeated in a new session if the first attempt fails.
    private <T> T read(String operation, Function<Element, T> reader) {
        String reply;
        try {
            reply = ask(operation);
        } catch (LabException _) {
            connected = false;
            reply = ask(operation);
        }
        return reader.apply(Xml.parse(reply));
    }

    private String ask(String operation) {
        if (!connected) {
            netconf.connect(address, CONNECT_LIMIT);
            connected = true;
        }
        return netconf.rpc(operation);
    }

    @Override
    public void close() {
        netconf.close();
    }
}
