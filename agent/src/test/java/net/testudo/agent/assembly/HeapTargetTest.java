package net.testudo.agent.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import net.testudo.element.flow.FlowLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeapTargetTest {
    private static final long TARGET = 16 << 20;

    private final HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private final long before = target();

    @BeforeEach
    void setTarget() {
        set(TARGET);
    }

    @AfterEach
    void putBack() {
        set(before);
    }

    @Test
    void theDefaultNumberOfFlowsNeedsNoMore() {
        HeapTarget.raiseFor(FlowLimits.DEFAULT.flows());
        assertEquals(TARGET, target());
    }

    @Test
    void eachFurtherFlowHasItsRoom() {
        HeapTarget.raiseFor(FlowLimits.DEFAULT.flows() + 10_000);
        assertEquals(TARGET + 4_500_000, target());
    }

    @Test
    void theHeapIsTheLimit() {
        HeapTarget.raiseFor(Integer.MAX_VALUE);
        assertEquals(Runtime.getRuntime().maxMemory(), target());
    }

    @Test
    void mostOfItIsTakenAtOnce() {
        long heap = Runtime.getRuntime().totalMemory();
        set(2 * heap);
        HeapTarget.take();
        assertTrue(Runtime.getRuntime().totalMemory() > heap, "the heap has not grown");
    }

    private long target() {
        return Long.parseLong(machine.getVMOption("SoftMaxHeapSize").getValue());
    }

    private void set(long octets) {
        machine.setVMOption("SoftMaxHeapSize", Long.toString(octets));
    }
}
