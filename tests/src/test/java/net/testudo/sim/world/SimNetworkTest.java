package net.testudo.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimNetworkTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final EventQueue queue = new EventQueue();
    private final SimNetwork network = new SimNetwork("cluster", queue, new SplittableRandom(1), 3);
    private final List<List<Long>> received = new ArrayList<>();

    SimNetworkTest() {
        for (int i = 0; i < 3; i++) {
            List<Long> sources = new ArrayList<>();
            received.add(sources);
            network.attach(frame -> sources.add(Frames.source(frame)));
        }
    }

    @Test
    void groupFramesReachEverybodyButTheSender() {
        send(0, 10, 0x0300_0000_0000L);
        assertReceived(0, 1, 1);
    }

    @Test
    void unicastFramesReachEverybodyUntilTheSwitchLearnt() {
        send(0, 10, 11);
        assertReceived(0, 1, 1);
        send(1, 11, 10);
        assertReceived(1, 1, 1);
        send(0, 10, 11);
        assertReceived(1, 2, 1);
    }

    @Test
    void hubSendsEverythingToEverybody() {
        network.setHub(true);
        send(1, 11, 10);
        send(0, 10, 11);
        assertReceived(1, 1, 2);
    }

    @Test
    void cutStopsOneDirectionOnly() {
        network.links().setCut(0, 1, true);
        send(0, 10, 0x0300_0000_0000L);
        send(1, 11, 0x0300_0000_0000L);
        assertReceived(1, 0, 2);
    }

    @Test
    void portWithoutCarrierNeitherSendsNorReceives() {
        network.links().setCarrier(0, false);
        send(0, 10, 0x0300_0000_0000L);
        send(1, 11, 0x0300_0000_0000L);
        assertReceived(0, 0, 1);
    }

    @Test
    void healOpensEverything() {
        network.links().setCarrier(0, false);
        network.links().setCutBoth(1, 2, true);
        network.links().heal();
        send(1, 11, 0x0300_0000_0000L);
        assertReceived(1, 0, 1);
    }

    @Test
    void badNetworkLosesDoublesAndReorders() {
        network.setConditions(new Conditions(0.2, 0.2, 0.5, 1_000_000, 0.1, 1_000_000));
        int sent = 2_000;
        for (int i = 0; i < sent; i++) {
            network.transmit(0, Frames.arp(1, 0x0300_0000_0000L, new Frames.Holder(i, 0), new Frames.Holder(0, 0)));
        }
        queue.runUntil(SECOND_NS);
        List<Long> arrived = received.get(1);
        long distinct = arrived.stream().distinct().count();
        assertTrue(distinct < sent && distinct > sent / 2, () -> "lost " + (sent - distinct));
        assertTrue(arrived.size() > distinct, "some arrived twice");
        assertTrue(!arrived.equals(arrived.stream().sorted().toList()), "some overtook others");
    }

    @Test
    void calmNetworkKeepsTheOrder() {
        for (int i = 0; i < 100; i++) {
            network.transmit(0, Frames.arp(1, 0x0300_0000_0000L, new Frames.Holder(i, 0), new Frames.Holder(0, 0)));
        }
        queue.runUntil(SECOND_NS);
        assertEquals(received.get(1).stream().sorted().toList(), received.get(1));
        assertEquals(100, received.get(1).size());
    }

    private void send(int from, long source, long destination) {
        network.transmit(from, Frames.arp(1, destination, new Frames.Holder(source, 0), new Frames.Holder(0, 0)));
        queue.runUntil(queue.nowNs() + SECOND_NS);
    }

    private void assertReceived(int... counts) {
        assertEquals(
                List.of(counts[0], counts[1], counts[2]),
                received.stream().map(List::size).toList());
    }
}
