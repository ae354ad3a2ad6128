package net.testudo.element.forwarding;

import static net.testudo.element.forwarding.DataPathCluster.INSIDE;
import static net.testudo.element.forwarding.DataPathCluster.OUTSIDE;
import static net.testudo.element.forwarding.DataPathCluster.hostMac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.testudo.element.flow.FlowCounter;
import net.testudo.element.forwarding.DataPathCluster.Sent;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.FlowKey;
import net.testudo.element.wire.FrameFlyweight;
import net.testudo.element.wire.Fuzz;
import net.testudo.element.wire.IcmpFlyweight;
import net.testudo.element.wire.TcpFlyweight;
import org.junit.jupiter.api.Test;

class DataPathTest {
    private final DataPathCluster cluster = new DataPathCluster();
    private final Packets.Link fromInside = new Packets.Link(hostMac(7), cluster.virtualMac[INSIDE]);
    private final Packets.Link fromOutside = new Packets.Link(hostMac(9), cluster.virtualMac[OUTSIDE]);

    private byte[] query(int sourcePort) {
        return Packets.udp(fromInside, "10.0.0.7", sourcePort, "198.51.100.9", 53);
    }

    private Sent single(List<Sent> frames) {
        assertEquals(
                1, frames.size(), () -> frames.stream().map(Sent::text).toList().toString());
        return frames.getFirst();
    }

    @Test
    void aFlowIsTranslatedAndItsAnswersFindTheWayBackAtEveryOwner() {
        Set<Integer> owners = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            Sent out = single(cluster.exchange(INSIDE, query(5000 + i)));
            owners.add(out.device());
            assertEquals(OUTSIDE, out.network());
            FrameFlyweight view = out.view();
            int port = view.udp().sourcePort();
            assertEquals("17 198.51.100.1:" + port + " > 198.51.100.9:53 ttl 63", out.text());
            assertEquals(
                    cluster.devices[out.device()].mac(OUTSIDE), view.ethernet().source());
            assertEquals(hostMac(9), view.ethernet().destination());
            Sent back = single(
                    cluster.exchange(OUTSIDE, Packets.udp(fromOutside, "198.51.100.9", 53, "198.51.100.1", port)));
            assertEquals(out.device(), back.device());
            assertEquals(INSIDE, back.network());
            assertEquals("17 198.51.100.9:53 > 10.0.0.7:" + (5000 + i) + " ttl 63", back.text());
            assertEquals(hostMac(7), back.view().ethernet().destination());
        }
        assertEquals(Set.of(1, 2, 3), owners);
        assertEquals(6, cluster.path(1).portsUsed());
    }

    @Test
    void packetsThatArriveWhileTheOwnerIsAskedKeepTheirOrder() {
        single(cluster.exchange(INSIDE, query(5000)));
        cluster.sent.clear();
        for (int i = 0; i < 5; i++) {
            byte[] packet = query(5001);
            packet[packet.length - 1] = (byte) i;
            Packets.view(packet).udp().refreshChecksum(Packets.ip("10.0.0.7"), Packets.ip("198.51.100.9"));
            cluster.receive(INSIDE, packet);
        }
        cluster.turn();
        List<Sent> out = cluster.packets();
        assertEquals(5, out.size());
        for (int i = 0; i < 5; i++) {
            assertEquals(i, out.get(i).octets()[out.get(i).octets().length - 1]);
        }
    }

    @Test
    void aTakeoverKeepsOwnersAndTranslations() {
        for (int i = 0; i < 3; i++) {
            cluster.exchange(INSIDE, query(5000 + i));
        }
        int[] ports = new int[3];
        int[] owners = new int[3];
        for (int i = 0; i < 3; i++) {
            Sent out = single(cluster.exchange(INSIDE, query(5000 + i)));
            ports[i] = out.view().udp().sourcePort();
            owners[i] = out.device();
        }
        cluster.failover();
        cluster.receive(INSIDE, query(5000));
        cluster.turn();
        single(cluster.packets());
        for (int i = 0; i < 3; i++) {
            Sent out = single(cluster.exchange(INSIDE, query(5000 + i)));
            assertEquals(ports[i], out.view().udp().sourcePort());
            assertTrue(out.device() == owners[i] || owners[i] == 1);
        }
        assertEquals(3, cluster.path(2).portsUsed());
        int fresh = single(cluster.exchange(INSIDE, query(6000))).view().udp().sourcePort();
        for (int port : ports) {
            assertNotEquals(port, fresh);
        }
    }

    @Test
    void onlyTheServingMasterAnswersAndAnnounces() {
        cluster.sent.clear();
        byte[] request = Packets.arpRequest(hostMac(7), "10.0.0.7", "10.0.0.1");
        for (int d = 1; d <= 3; d++) {
            cluster.path(d).onFrame(INSIDE, MemorySegment.ofArray(request.clone()), 0, request.length, cluster.now);
        }
        Sent reply = single(cluster.arps());
        assertEquals(1, reply.device());
        assertEquals(cluster.virtualMac[INSIDE], reply.view().arp().senderMac());
        assertEquals(cluster.virtualMac[INSIDE], reply.view().ethernet().source());
        cluster.failover();
        cluster.turn();
        assertTrue(cluster.arps().stream()
                .allMatch(f -> f.device() == 2 && f.view().arp().isAnnouncement()));
        assertEquals(
                Set.of(OUTSIDE, INSIDE),
                Set.copyOf(cluster.arps().stream().map(Sent::network).toList()));
        cluster.sent.clear();
        cluster.devices[2].leased = false;
        cluster.now += 11_000_000_000L;
        cluster.path(2).doWork(cluster.now);
        cluster.path(2).onFrame(INSIDE, MemorySegment.ofArray(request), 0, request.length, cluster.now);
        assertEquals(List.of(), cluster.sent);
    }

    @Test
    void theVirtualMacIsRefreshedBeforeBridgesForgetIt() {
        cluster.turn();
        for (int i = 0; i < 30; i++) {
            cluster.now += 100_000_000L;
            cluster.turn();
        }
        cluster.sent.clear();
        cluster.now += 10_000_000_000L;
        cluster.turn();
        assertEquals(4, cluster.arps().size());
    }

    @Test
    void anOwnerWithoutALeaseForwardsNothing() {
        Sent out = single(cluster.exchange(INSIDE, query(5000)));
        cluster.devices[out.device()].leased = false;
        cluster.sent.clear();
        cluster.receive(INSIDE, query(5000));
        assertEquals(List.of(), cluster.packets());
    }

    @Test
    void aConnectionStartsWithSynOnly() {
        FlowKey key = Packets.tcpKey("10.0.0.7", 5000, "198.51.100.9", 80);
        assertEquals(List.of(), cluster.exchange(INSIDE, Packets.tcp(fromInside, key, TcpFlyweight.ACK, 1)));
        assertEquals(1, cluster.path(1).drops(DropReason.NO_FLOW));
        Sent out = single(cluster.exchange(INSIDE, Packets.tcp(fromInside, key, TcpFlyweight.SYN, 1)));
        assertTrue(out.view().tcp().has(TcpFlyweight.SYN));
    }

    @Test
    void aConnectionEndsWithFinInBothDirections() {
        FlowKey key = Packets.tcpKey("10.0.0.7", 5000, "198.51.100.9", 80);
        Sent out = single(cluster.exchange(INSIDE, Packets.tcp(fromInside, key, TcpFlyweight.SYN, 1)));
        FlowKey back = Packets.tcpKey(
                "198.51.100.9", 80, "198.51.100.1", out.view().tcp().sourcePort());
        int flags = TcpFlyweight.FIN | TcpFlyweight.ACK;
        single(cluster.exchange(OUTSIDE, Packets.tcp(fromOutside, back, TcpFlyweight.SYN | TcpFlyweight.ACK, 9)));
        single(cluster.exchange(INSIDE, Packets.tcp(fromInside, key, flags, 2)));
        single(cluster.exchange(OUTSIDE, Packets.tcp(fromOutside, back, flags, 10)));
        for (int i = 0; i < 30; i++) {
            cluster.now += 1_000_000_000L;
            cluster.turn();
        }
        assertEquals(0, cluster.path(1).node().master().table().size());
        assertEquals(0, cluster.path(2).node().master().table().size());
        assertEquals(0, cluster.path(1).portsUsed());
        assertEquals(0, cluster.path(out.device()).node().owner().table().size());
    }

    @Test
    void aResetFarFromTheWindowIsDropped() {
        FlowKey key = Packets.tcpKey("10.0.0.7", 5000, "198.51.100.9", 80);
        single(cluster.exchange(INSIDE, Packets.tcp(fromInside, key, TcpFlyweight.SYN, 1)));
        assertEquals(List.of(), cluster.exchange(INSIDE, Packets.tcp(fromInside, key, TcpFlyweight.RST, 500_000_000)));
        single(cluster.exchange(INSIDE, Packets.tcp(fromInside, key, TcpFlyweight.RST, 2)));
    }

    @Test
    void destinationNatLeadsToTheHostBehindAndBack() {
        FlowKey key = Packets.tcpKey("203.0.113.5", 4000, "198.51.100.1", 8081);
        Sent in = single(cluster.exchange(OUTSIDE, Packets.tcp(fromOutside, key, TcpFlyweight.SYN, 1)));
        assertEquals(INSIDE, in.network());
        assertEquals("6 203.0.113.5:4000 > 10.0.0.80:8081 ttl 63", in.text());
        FlowKey answer = Packets.tcpKey("10.0.0.80", 8081, "203.0.113.5", 4000);
        int flags = TcpFlyweight.SYN | TcpFlyweight.ACK;
        Sent out = single(cluster.exchange(INSIDE, Packets.tcp(fromInside, answer, flags, 1)));
        assertEquals("6 198.51.100.1:8081 > 203.0.113.5:4000 ttl 63", out.text());
        assertEquals(hostMac(9), out.view().ethernet().destination());
    }

    @Test
    void anErrorFollowsItsFlowWithBothHeadersTranslated() {
        Sent out = single(cluster.exchange(INSIDE, query(5000)));
        byte[] error = Packets.unreachable(fromOutside, "198.51.100.9", out.octets());
        Sent back = single(cluster.exchange(OUTSIDE, error));
        assertEquals(INSIDE, back.network());
        FrameFlyweight view = back.view();
        assertTrue(view.isIcmpError());
        assertEquals(Packets.ip("10.0.0.7"), view.ipv4().destination());
        assertEquals(Packets.ip("10.0.0.7"), view.quote().source());
        assertEquals(FlowKey.ports(5000, 53), (int) view.quote().selectors());
        byte[] unrelated = Packets.unreachable(
                fromOutside, "198.51.100.9", Packets.udp(fromInside, "198.51.100.1", 1, "198.51.100.9", 2));
        assertEquals(List.of(), cluster.exchange(OUTSIDE, unrelated));
        assertEquals(
                1,
                cluster.path(1).drops(DropReason.UNRELATED_ERROR)
                        + cluster.path(1).drops(DropReason.UNSOLICITED_ICMP));
    }

    @Test
    void anEchoRequestIsTranslatedLikeAFlow() {
        byte[] ping = Packets.echo(fromInside, "10.0.0.7", "198.51.100.9", IcmpFlyweight.ECHO_REQUEST, 77);
        Sent out = single(cluster.exchange(INSIDE, ping));
        int identifier = out.view().icmp().identifier();
        byte[] pong = Packets.echo(fromOutside, "198.51.100.9", "198.51.100.1", IcmpFlyweight.ECHO_REPLY, identifier);
        Sent back = single(cluster.exchange(OUTSIDE, pong));
        assertEquals(77, back.view().icmp().identifier());
        assertEquals(Packets.ip("10.0.0.7"), back.view().ipv4().destination());
    }

    @Test
    void theMasterAnswersEchoAtTheClusterAddressWhereAllowed() {
        byte[] ping = Packets.echo(fromInside, "10.0.0.7", "10.0.0.1", IcmpFlyweight.ECHO_REQUEST, 77);
        Sent pong = single(cluster.exchange(INSIDE, ping));
        assertEquals(IcmpFlyweight.ECHO_REPLY, pong.view().icmp().type());
        assertEquals(1, pong.device());
        assertEquals(cluster.devices[1].mac(INSIDE), pong.view().ethernet().source());
        byte[] refused = Packets.echo(fromOutside, "198.51.100.9", "198.51.100.1", IcmpFlyweight.ECHO_REQUEST, 77);
        assertEquals(List.of(), cluster.exchange(OUTSIDE, refused));
    }

    @Test
    void theLastHopIsReportedByTheMaster() {
        Sent error = single(cluster.exchange(INSIDE, Packets.withTtl(query(5000), 1)));
        assertEquals(IcmpFlyweight.TIME_EXCEEDED, error.view().icmp().type());
        assertEquals(Packets.ip("10.0.0.1"), error.view().ipv4().source());
        assertEquals(Packets.ip("10.0.0.7"), error.view().ipv4().destination());
    }

    @Test
    void aHostThatDoesNotAnswerIsReportedAsUnreachable() {
        cluster.sent.clear();
        cluster.receive(INSIDE, query(5000));
        for (int i = 0; i < 5; i++) {
            cluster.now += 500_000_000L;
            cluster.turn();
        }
        assertEquals(
                3,
                cluster.arps().stream()
                        .filter(f -> !f.view().arp().isAnnouncement())
                        .count());
        Sent error = single(cluster.packets());
        assertEquals(IcmpFlyweight.UNREACHABLE, error.view().icmp().type());
        assertEquals(IcmpFlyweight.CODE_HOST, error.view().icmp().code());
    }

    @Test
    void whatWouldTurnAroundIsRefused() {
        assertEquals(List.of(), cluster.exchange(INSIDE, Packets.udp(fromInside, "10.0.0.7", 1, "10.0.0.8", 2)));
        assertEquals(1, cluster.path(1).drops(DropReason.HAIRPIN));
    }

    @Test
    void framesNotForTheClusterAreLeftAlone() {
        Packets.Link other = new Packets.Link(hostMac(7), hostMac(8));
        assertEquals(List.of(), cluster.exchange(INSIDE, Packets.udp(other, "10.0.0.7", 1, "198.51.100.9", 53)));
        assertEquals(1, cluster.path(1).drops(DropReason.OTHER_DESTINATION));
        byte[] ipv6 = query(5000);
        ipv6[12] = (byte) 0x86;
        ipv6[13] = (byte) 0xdd;
        cluster.exchange(INSIDE, ipv6);
        assertEquals(1, cluster.path(1).drops(DropReason.IPV6));
    }

    @Test
    void localServicesAreReachedFromTheirNetworkOnly() {
        FlowKey netconf = Packets.tcpKey("10.0.0.7", 5000, "10.0.0.1", 830);
        cluster.exchange(INSIDE, Packets.tcp(fromInside, netconf, TcpFlyweight.SYN, 1));
        assertEquals(1, cluster.local.size());
        assertEquals(
                cluster.devices[1].localMac(),
                Packets.view(cluster.local.getFirst()).ethernet().destination());
        FlowKey outside = Packets.tcpKey("198.51.100.9", 5000, "198.51.100.1", 830);
        cluster.exchange(OUTSIDE, Packets.tcp(fromOutside, outside, TcpFlyweight.SYN, 1));
        assertEquals(1, cluster.local.size());
    }

    @Test
    void theOwnStackSpeaksWhileTheDeviceServesAndHearsTheAnswers() {
        byte[] trap = Packets.udp(new Packets.Link(1, 2), "10.0.0.1", 10_300, "10.0.0.9", 162);
        cluster.path(1).onLocalFrame(MemorySegment.ofArray(trap.clone()), 0, trap.length, cluster.now);
        cluster.answerArp();
        Sent out = single(cluster.packets());
        assertEquals("17 10.0.0.1:10300 > 10.0.0.9:162 ttl 64", out.text());
        assertEquals(cluster.devices[1].mac(INSIDE), out.view().ethernet().source());
        cluster.exchange(INSIDE, Packets.udp(fromInside, "10.0.0.9", 162, "10.0.0.1", 10_300));
        assertEquals(1, cluster.local.size());
        cluster.sent.clear();
        cluster.path(2).onLocalFrame(MemorySegment.ofArray(trap.clone()), 0, trap.length, cluster.now);
        assertEquals(List.of(), cluster.sent);
        assertEquals(1, cluster.path(2).drops(DropReason.NOT_SERVING));
    }

    @Test
    void theOwnStackFindsEveryNextHopBehindTheElement() {
        byte[] request = Packets.arpRequest(2, "10.0.0.1", "10.0.0.9");
        cluster.path(1).onLocalFrame(MemorySegment.ofArray(request), 0, request.length, cluster.now);
        assertEquals(1, cluster.local.size());
        assertEquals(
                Packets.ip("10.0.0.9"),
                Packets.view(cluster.local.getFirst()).arp().senderAddress());
    }

    @Test
    void aNextHopThatMovesTakesItsFlowsAlong() {
        Sent out = single(cluster.exchange(INSIDE, query(5001)));
        byte[] request = Packets.arpRequest(hostMac(99), "198.51.100.9", "198.51.100.1");
        cluster.receive(OUTSIDE, request);
        cluster.turn();
        Sent again = single(cluster.exchange(INSIDE, query(5001)));
        assertEquals(out.device(), again.device());
        assertEquals(hostMac(99), again.view().ethernet().destination());
    }

    @Test
    void aPolicyThatForbidsAFlowEndsIt() {
        single(cluster.exchange(INSIDE, query(5000)));
        String closed =
                DataPathCluster.CONFIGURATION.replace("[name='out']/action = accept", "[name='out']/action = drop");
        for (int d = 1; d <= 3; d++) {
            cluster.path(d).configure(DataPathCluster.parse(closed), "id");
        }
        cluster.turn();
        assertEquals(0, cluster.path(1).node().master().table().size());
        assertEquals(List.of(), cluster.exchange(INSIDE, query(5000)));
        assertEquals(0, cluster.path(1).portsUsed());
    }

    @Test
    void laterFragmentsFollowTheFirst() {
        single(cluster.exchange(INSIDE, query(5000)));
        byte[] first = Packets.fragment(query(5000), 0x2000);
        byte[] later = Packets.fragment(query(5000), 0x0003);
        single(cluster.exchange(INSIDE, first));
        Sent out = single(cluster.exchange(INSIDE, later));
        assertEquals(Packets.ip("198.51.100.1"), out.view().ipv4().source());
    }

    @Test
    void aLaterFragmentThatComesFirstWaitsBriefly() {
        single(cluster.exchange(INSIDE, query(5000)));
        byte[] first = Packets.fragment(query(5000), 0x2000);
        byte[] later = Packets.fragment(query(5000), 0x0003);
        assertEquals(List.of(), cluster.exchange(INSIDE, later));
        assertEquals(2, cluster.exchange(INSIDE, first).size());
        cluster.now += 3_000_000_000L;
        assertEquals(List.of(), cluster.exchange(INSIDE, later));
        cluster.now += 200_000_000L;
        assertEquals(1, single(cluster.exchange(INSIDE, first)).device());
        assertEquals(1, cluster.path(1).drops(DropReason.FRAGMENT));
    }

    @Test
    void fragmentsOfAFirstPacketWaitTogetherForItsNextHop() {
        cluster.sent.clear();
        cluster.receive(INSIDE, Packets.fragment(query(5000), 0x0003));
        cluster.receive(INSIDE, Packets.fragment(query(5000), 0x2000));
        cluster.receive(INSIDE, Packets.fragment(query(5000), 0x0006));
        cluster.answerArp();
        cluster.turn();
        assertEquals(3, cluster.packets().size());
    }

    @Test
    void aLaterFragmentOpensNoFlow() {
        FlowKey known = Packets.tcpKey("10.0.0.7", 5000, "198.51.100.9", 80);
        FlowKey other = Packets.tcpKey("10.0.0.7", 5001, "198.51.100.9", 80);
        byte[] middle = Packets.tcp(fromInside, other, TcpFlyweight.ACK, 1);
        cluster.exchange(INSIDE, Packets.fragment(middle, 0x2000));
        cluster.exchange(INSIDE, Packets.tcp(fromInside, known, TcpFlyweight.SYN, 1));
        assertEquals(List.of(), cluster.exchange(INSIDE, Packets.fragment(middle, 0x0003)));
        assertEquals(1, cluster.path(1).node().master().table().size());
    }

    @Test
    void fragmentsReachALocalServiceInAnyOrder() {
        byte[] report = Packets.udp(fromInside, "10.0.0.7", 5000, "10.0.0.1", 161);
        cluster.exchange(INSIDE, Packets.fragment(report, 0x0003));
        assertEquals(0, cluster.local.size());
        cluster.exchange(INSIDE, Packets.fragment(report, 0x2000));
        cluster.exchange(INSIDE, Packets.fragment(report, 0x0006));
        assertEquals(3, cluster.local.size());
    }

    @Test
    void aMemberThatBecomesStandbyHandsItsFlowsOnAndNoPacketIsLost() {
        int client = 5000;
        Sent out = single(cluster.exchange(INSIDE, query(client)));
        while (out.device() == cluster.master) {
            out = single(cluster.exchange(INSIDE, query(++client)));
        }
        cluster.standby = DeviceSet.of(out.device());
        cluster.sent.clear();
        for (int i = 0; i < 20; i++) {
            cluster.receive(INSIDE, query(client));
            if (i % 4 == 1) {
                cluster.turn();
            }
        }
        cluster.turn();
        List<Sent> sent = cluster.packets();
        assertEquals(20, sent.size());
        assertNotEquals(out.device(), sent.getLast().device());
        int port = out.view().udp().sourcePort();
        assertTrue(sent.stream().allMatch(f -> f.view().udp().sourcePort() == port));
    }

    @Test
    void aStallDropsOwnershipAndTheFlowIsAssignedAgain() {
        Sent out = single(cluster.exchange(INSIDE, query(5000)));
        cluster.path(out.device()).onStall(cluster.now);
        assertEquals(0, cluster.path(out.device()).node().owner().carried());
        cluster.turn();
        Sent again = single(cluster.exchange(INSIDE, query(5000)));
        assertEquals(out.view().udp().sourcePort(), again.view().udp().sourcePort());
        assertEquals(1, cluster.path(1).node().counter(FlowCounter.MOVED));
    }

    @Test
    void randomOctetsNeverThrow() {
        byte[][] seeds = {
            query(1),
            Packets.tcp(fromInside, Packets.tcpKey("10.0.0.7", 1, "198.51.100.9", 2), TcpFlyweight.SYN, 1),
            Packets.echo(fromInside, "10.0.0.7", "10.0.0.1", IcmpFlyweight.ECHO_REQUEST, 3),
            Packets.arpRequest(hostMac(7), "10.0.0.7", "10.0.0.1")
        };
        Fuzz.run((_, random) -> Fuzz.any(seeds, random), (number, octets) -> {
            cluster.receive(number % 2, octets);
            if (number % 500 == 0) {
                cluster.turn();
                cluster.sent.clear();
            }
        });
        for (int i = 0; i < 5; i++) {
            cluster.now += 1_000_000_000L;
            cluster.turn();
        }
        single(cluster.exchange(INSIDE, query(5000)));
    }
}
