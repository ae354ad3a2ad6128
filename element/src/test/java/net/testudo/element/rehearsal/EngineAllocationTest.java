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
    /// There and back, of each of the four that are sent in a step.
    private static final int DATAGRAMS_PER_STEP = 8;
    /// Half as much again as was measured: 5,500 octets in a turn of 1 ms, with a status every 5 ms.
    private static final long IDLE_TURN_OCTETS_MAX = 8_000;
    /// Half as much again as was measured: 2,700 octets; two of three datagrams are relayed, sealed.
    private static final long DATAGRAM_OCTETS_MAX = 4_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EngineRehearsal rehearsal = new EngineRehearsal(new Random(1)::nextBytes);

    private long octets(Runnable work) {
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
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
