package net.testudo.agent.assembly;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import net.testudo.element.flow.FlowLimits;

/// How full the collector lets the heap become before it collects. All of a heap that is much larger
/// than what lives in it would be touched page by page, by the duty cycle, each at the price of several
/// packets; so `device.options` has a target (`SoftMaxHeapSize`) that fits the default number of flows,
/// and for more flows it is raised here.
final class HeapTarget {
    private static final String OPTION = "SoftMaxHeapSize";
    private static final long OCTETS_PER_FLOW = 450;
    private static final int PIECE_OCTETS = 16 << 20;

    private HeapTarget() {}

    /// @param flows how many the device has room for
    static void raiseFor(int flows) {
        if (flows <= FlowLimits.DEFAULT.flows()) {
            return;
        }
        long raised = target() + (flows - FlowLimits.DEFAULT.flows()) * OCTETS_PER_FLOW;
        machine()
                .setVMOption(
                        OPTION,
                        Long.toString(Math.min(raised, Runtime.getRuntime().maxMemory())));
    }

    /// Lets the heap grow to most of the target, before the duty cycle begins: it would have to wait for
    /// each piece that the system gives. The options start with what the default number of flows needs.
    static void take() {
        long target = target();
        List<byte[]> taken = new ArrayList<>();
        while (Runtime.getRuntime().totalMemory() < target && taken.size() * (long) PIECE_OCTETS < target / 4 * 3) {
            taken.add(new byte[PIECE_OCTETS]);
        }
    }

    private static long target() {
        return Long.parseLong(machine().getVMOption(OPTION).getValue());
    }

    private static HotSpotDiagnosticMXBean machine() {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    }
}
