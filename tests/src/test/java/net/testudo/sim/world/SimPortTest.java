package net.testudo.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.MacAddress;
import org.junit.jupiter.api.Test;

class SimPortTest {
    private static final Frames.Holder PROBE = new Frames.Holder(0x0200_0000_0001L, 0);

    private final EventQueue queue = new EventQueue();
    private final SimNetwork network = new SimNetwork("outside", queue, new SplittableRandom(1), 3);
    private int watched;
    private final SimPort sender = port(0x0200_0000_0001L);
    private final SimPort receiver = port(0x0200_0000_0002L);

    @Test
    void frameLeavesAtTheFlushAndIsWatchedAtTheSend() {
        assertTrue(send());
        run();
        assertFalse(receiver.waiting());
        sender.flush();
        run();
        assertTrue(receiver.waiting());
        assertEquals(1, watched);
    }

    @Test
    void ringIsBoundedAndCountsWhatItLoses() {
        for (int i = 0; i < SimPort.RING_FRAMES + 5; i++) {
            send();
            sender.flush();
        }
        run();
        assertEquals(5, receiver.counters().receiveDrops());
        assertEquals(SimPort.RING_FRAMES, receiver.discard());
        assertFalse(receiver.waiting());
    }

    @Test
    void engineMayWriteIntoTheFrameWithoutHarmToOthers() {
        SimPort other = port(0x0200_0000_0003L);
        send();
        sender.flush();
        run();
        receiver.poll((buffer, offset, length) -> buffer.fill((byte) 0), 1);
        other.poll(
                (buffer, offset, length) ->
                        assertEquals((byte) 0xff, buffer.get(java.lang.foreign.ValueLayout.JAVA_BYTE, offset)),
                1);
        assertEquals(1, other.counters().receivedFrames());
    }

    @Test
    void closedPortAndPortWithoutCarrierRefuse() {
        network.links().setCarrier(sender.attachment(), false);
        assertFalse(send());
        network.links().heal();
        sender.close();
        assertFalse(send());
        assertEquals(2, sender.counters().sendDrops());
    }

    @Test
    void witnessAnswersTheProbeOfItsAddress() {
        SimHost witness = host();
        byte[] probe = Frames.arp(1, 0xffff_ffff_ffffL, PROBE, new Frames.Holder(0, 5));
        sender.send(MemorySegment.ofArray(probe), 0, probe.length);
        sender.flush();
        run();
        assertEquals(2, witness.attachment());
        sender.poll(
                (buffer, offset, length) -> {
                    byte[] reply = buffer.asSlice(offset, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
                    assertEquals(2, Frames.arpOperation(reply));
                    assertEquals(5, Frames.arpSender(reply));
                    assertEquals(PROBE.mac(), Frames.destination(reply));
                },
                8);
        assertEquals(1, sender.counters().receivedFrames());
    }

    @Test
    void hostLearnsTheClustersAddressFromAnAnnouncement() {
        SimHost host = host();
        assertEquals(0, host.gatewayMac());
        byte[] announcement = Frames.arp(2, 0xffff_ffff_ffffL, new Frames.Holder(7, 6), new Frames.Holder(7, 6));
        sender.send(MemorySegment.ofArray(announcement), 0, announcement.length);
        sender.flush();
        run();
        assertEquals(7, host.gatewayMac());
    }

    private SimHost host() {
        MacAddress mac = new MacAddress(0x0200_0001_0000L);
        return new SimHost(network, queue, mac, new Ipv4Address(5), new Ipv4Address(6));
    }

    private SimPort port(long mac) {
        SimPort port = new SimPort(network, new MacAddress(mac), () -> {}, (from, frame) -> watched++);
        port.open();
        return port;
    }

    private boolean send() {
        byte[] frame = Frames.arp(1, 0xffff_ffff_ffffL, PROBE, new Frames.Holder(0, 9));
        return sender.send(MemorySegment.ofArray(frame), 0, frame.length);
    }

    private void run() {
        queue.runUntil(queue.nowNs() + 1_000_000_000L);
    }
}
