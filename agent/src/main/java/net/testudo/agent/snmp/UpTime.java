package net.testudo.agent.snmp;

import java.util.function.LongSupplier;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.ElementSnapshot;
import org.snmp4j.agent.mo.snmp.SysUpTime;
import org.snmp4j.smi.TimeTicks;

/// sysUpTime of the cluster: it counts from the start of the cluster and goes on over a failover, since a manager
/// takes a step back for a reboot of the element.
final class UpTime implements SysUpTime {
    private static final long TICK_NS = 10_000_000;
    private static final long TICKS_MASK = 0xFFFF_FFFFL;

    private final ElementClient element;
    private final LongSupplier clockNs;

    /// @param clockNs the clock of the snapshots, as [System#nanoTime]
    UpTime(ElementClient element, LongSupplier clockNs) {
        this.element = element;
        this.clockNs = clockNs;
    }

    @Override
    public TimeTicks get() {
        return at(element.snapshot(), clockNs.getAsLong());
    }

    /// What sysUpTime was at a moment, 0 if that was before the start of the cluster.
    static TimeTicks at(ElementSnapshot snapshot, long momentNs) {
        return new TimeTicks(Math.max(0, momentNs - snapshot.clusterStartedNs()) / TICK_NS & TICKS_MASK);
    }
}
