package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.IntStream;
import net.testudo.lab.Await;
import net.testudo.lab.Capture;
import net.testudo.lab.Network;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The cluster protocol has a port of its own: with liveness switched off on the data networks none of its frames is
/// seen
/// there, whether the cluster ports are joined by a switch or by one cable.
class ClusterPortIT {
    private static final String CLUSTER_FRAMES = "eth.type == 0x88b5 or eth.type == 0x88e5";
    private static final String LIVENESS_OFF = RawNetconf.edit("<cluster xmlns='urn:testudo:yang:testudo-cluster'>"
            + "<data-network><name>outside</name><liveness>false</liveness></data-network>"
            + "<data-network><name>inside</name><liveness>false</liveness></data-network></cluster>");

    @Tag("FRM-09")
    @Test
    void threeOverASwitchKeepToTheirClusterPorts() {
        try (DeviceLab lab = DeviceLab.open(3)) {
            Capture cluster = Capture.of(lab.lab(), Network.CLUSTER);
            try (cluster) {
                assertNothingOnDataNetworks(lab, 3);
            }
            assertFalse(
                    cluster.fields(CLUSTER_FRAMES, List.of("frame.number")).isEmpty(),
                    "the filter finds none where they are");
        }
    }

    @Tag("FRM-09")
    @Test
    void aPairNeedsNoSwitch() {
        try (DeviceLab lab = DeviceLab.open(2)) {
            joinByCable(lab);
            assertNothingOnDataNetworks(lab, 2);
        }
    }

    /// The cluster ports of devices 1 and 2 become the two ends of one cable.
    private static void joinByCable(DeviceLab lab) {
        String port = Network.CLUSTER.port();
        for (int device = 1; device <= 2; device++) {
            lab.lab()
                    .run(
                            lab.topology().switchNamespace(),
                            List.of("ip", "link", "del", lab.topology().switchPort(device, Network.CLUSTER)));
        }
        String first = lab.topology().device(1);
        String second = lab.topology().device(2);
        String cable = "ip link add %s mtu 1700 type veth peer name %s mtu 1700 netns %s".formatted(port, port, second);
        lab.lab().run(first, List.of(cable.split(" ")));
        for (String end : List.of(first, second)) {
            lab.lab().run(end, List.of("ip", "link", "set", port, "up"));
        }
    }

    /// Forms a cluster of all devices, and commits, while the data networks are watched.
    private static void assertNothingOnDataNetworks(DeviceLab lab, int devices) {
        try (Capture outside = Capture.of(lab.lab(), Network.OUTSIDE);
                Capture inside = Capture.of(lab.lab(), Network.INSIDE)) {
            IntStream.rangeClosed(1, devices).forEach(lab::start);
            lab.netconf(1).ok(LIVENESS_OFF);
            List<String> joining = IntStream.rangeClosed(2, devices)
                    .mapToObj(DeviceLab::serial)
                    .toList();
            try (RawNetconf session = lab.form(joining)) {
                Await.until(
                        devices + " members",
                        DeviceLab.LIMIT,
                        () -> session.rpc(RawNetconf.state("<member/>")),
                        members -> members.split("<in-sync>true", -1).length == devices + 1);
                session.ok(RawNetconf.edit(
                        "<cluster xmlns='urn:testudo:yang:testudo-cluster'><name>committed</name></cluster>"));
                session.ok("<commit/>");
            }
            for (Capture capture : List.of(outside, inside)) {
                capture.close();
                assertEquals(List.of(), capture.fields(CLUSTER_FRAMES, List.of("frame.number", "eth.src")));
                assertFalse(capture.fields("arp", List.of("frame.number")).isEmpty(), "nothing was recorded");
            }
        }
    }
}
