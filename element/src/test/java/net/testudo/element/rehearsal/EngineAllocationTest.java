package net.testudo.element.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What three whole engines cost in memory, on a network that costs nothing. The data path itself allocates nothing
/// (`forwarding` has a test for that); what is measured here is the cluster protocol, and above all the JDK's cipher,
/// which makes new objects for every sealed frame.
class EngineAllocationTest {
    private static final int WARM_UP = 10_000;
    private static final int TURNS = 5_000;
    private static final int DEVICES = 3;
    private static final long SHORT_NS = 10_000;
    /// Eight octets were measured: a hundredth of what is made for the work that is due each millisecond.
    private static final long SHORT_TURN_OCTETS_MAX = 100;
    /// There and back, of each of the four that are sent in a step.
    private static final int DATAGRAMS_PER_STEP = 8;
    /// Half as much again as was measured: 3,600 octets in a turn of 1 ms, with a status every 5 ms.
    private static final long IDLE_TURN_OCTETS_MAX = 5_400;
    /// Half as much again as was measured: 2,050 octets; two of three datagrams are relayed, sealed.
    private static final long DATAGRAM_OCTETS_MAX = 3_100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RehearsedCluster rehearsal = new RehearsedCluster(new Random(1)::nextBytes);

    private long octets(Runnable work) {
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void aTurnWithoutAnythingToDoMakesNothing() {
        rehearsal.form();
        rehearsal.turns(2 * WARM_UP);
        long octets = 0;
        int quiet = 0;
        for (int i = 0; i < WARM_UP + TURNS; i++) {
            rehearsal.pass(SHORT_NS);
            for (int device = 1; device <= DEVICES; device++) {
                int turned = device;
                boolean waits = rehearsal.waiting(device) > 0;
                long frames = rehearsal.clusterFrames();
                long allocated = octets(() -> rehearsal.turn(turned));
                if (i >= WARM_UP && !waits && rehearsal.clusterFrames() == frames) {
                    octets += allocated;
                    quiet++;
                }
            }
            rehearsal.hosts(false);
        }
        long each = octets / quiet;
        assertTrue(each < SHORT_TURN_OCTETS_MAX, each + " octets per turn without anything to do");
    }

    @Test
    void anIdleClusterAndACarriedDatagramCostLittle() {
        rehearsal.form();
        rehearsal.turns(WARM_UP);
        long idle = octets(() -> rehearsal.turns(TURNS)) / TURNS;
        assertTrue(idle / DEVICES < IDLE_TURN_OCTETS_MAX, idle / DEVICES + " octets per idle turn of an engine");
        rehearsal.carry(WARM_UP);
        long answered = rehearsal.answered();
        long carrying = octets(() -> rehearsal.carry(TURNS)) / TURNS;
        assertEquals((long) TURNS * DATAGRAMS_PER_STEP / 2, rehearsal.answered() - answered);
        long datagram = (carrying - idle) / DATAGRAMS_PER_STEP;
        assertTrue(datagram < DATAGRAM_OCTETS_MAX, datagram + " octets per carried datagram");
    }
}
