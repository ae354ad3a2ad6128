package net.testudo.pcapio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.testudo.element.port.PacketPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// [RingPort] on one end of a veth pair.
class RingPortTest extends VethPortContract {
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(20);

    private final PortWait wait = new PortWait();

    /// After the port, which the tests close themselves.
    @AfterEach
    void closeWait() {
        wait.close();
    }

    @Override
    PacketPort openPort(String name, Traffic traffic, LinkWatch links, Runnable wakeUp)
            throws PortUnavailableException {
        return RingPort.open(name, traffic, links, wait);
    }

    @Override
    boolean hasReaderThread() {
        return false;
    }

    @Test
    void aFrameEndsTheWaitAndLaterNoneDoes() throws Throwable {
        try (Rig rig = open(() -> {})) {
            frames.await(rig.port()::carrier);
            wait.answerWakeUps();
            frames.receive(rig.port(), 0);
            for (int i = 0; i < 100; i++) {
                rig.farEnd().send(Frames.numbered(i, 60));
                long startNs = System.nanoTime();
                while (rig.port().poll((_, _, _) -> {}, 64) == 0) {
                    wait.await(LONG_NS);
                }
                assertTrue(System.nanoTime() - startNs < LONG_NS, "frame " + i);
            }
            long startNs = System.nanoTime();
            wait.await(TimeUnit.MILLISECONDS.toNanos(20));
            assertTrue(System.nanoTime() - startNs >= TimeUnit.MILLISECONDS.toNanos(20), "nothing waits any more");
        }
    }

    @Test
    void aPortThatGoesDownDoesNotKeepTheWaitFromWaiting() throws Throwable {
        try (Rig rig = open(() -> {})) {
            frames.await(rig.port()::carrier);
            SystemCommand.run("ip", "link", "set", "dev", "near", "down");
            frames.await(() -> !rig.port().carrier());
            rig.port().poll((_, _, _) -> {}, 64);
            wait.answerWakeUps();
            wait.await(LONG_NS);
            long startNs = System.nanoTime();
            wait.await(TimeUnit.MILLISECONDS.toNanos(20));
            assertTrue(System.nanoTime() - startNs >= TimeUnit.MILLISECONDS.toNanos(20), "the error was taken");
        }
    }

    @Test
    void aSinkMayDiscardWhatWaits() throws Throwable {
        try (Rig rig = open(() -> {})) {
            frames.await(rig.port()::carrier);
            for (int i = 0; i < 10; i++) {
                rig.farEnd().send(Frames.numbered(i, 60));
            }
            List<Integer> handed = new ArrayList<>();
            int[] discarded = new int[1];
            frames.await(() -> {
                rig.port()
                        .poll(
                                (buffer, offset, length) -> {
                                    handed.add(Frames.number(Frames.octets(buffer, offset, length)));
                                    discarded[0] += rig.port().discard();
                                },
                                64);
                return handed.size() + discarded[0] == 10;
            });
            assertEquals(0, handed.getFirst());
            rig.farEnd().send(Frames.numbered(11, 60));
            assertEquals(11, Frames.number(frames.receive(rig.port(), 1).getFirst()));
        }
    }

    @Test
    void aPortWhoseMtuGrewTakesLongerFrames() throws Throwable {
        try (Rig rig = open(() -> {})) {
            frames.await(rig.port()::carrier);
            SystemCommand.run("ip", "link", "set", "dev", "far", "mtu", "9000");
            byte[] jumbo = Frames.numbered(1, 9014);
            SystemCommand.run("ip", "link", "set", "dev", "near", "mtu", "9000");
            frames.await(() -> rig.port().mtuOctets() == 9000);
            rig.port().poll((_, _, _) -> {}, 64);
            rig.farEnd().send(jumbo);
            assertArrayEquals(jumbo, frames.receive(rig.port(), 1).getFirst());
            assertTrue(Frames.send(rig.port(), jumbo));
            assertArrayEquals(jumbo, rig.farEnd().receive(frame -> Frames.number(frame) == 1));
        }
    }
}
