package net.testudo.element.engine;

import net.testudo.element.management.ElementSnapshot;
import org.jspecify.annotations.Nullable;

/// One device's duty cycle: polls the ports, steps the state machines, executes their effects.
///
/// The same engine runs in the product, in the simulator and in benchmarks. Not thread-safe: one thread owns it.
public final class Engine {
    private final EngineContext context;
    private final long startedNs;
    private final int imageOctets;
    private @Nullable ElementSnapshot snapshot;

    /// @param image what [StateStore#persist] last made durable, or null at the first start
    /// @param nowNs the time of the start
    public Engine(EngineContext context, byte @Nullable [] image, long nowNs) {
        this.context = context;
        this.startedNs = nowNs;
        this.imageOctets = image == null ? 0 : image.length;
    }

    /// One turn: a bounded batch from each port and queue, then what is due.
    ///
    /// @return how many frames, requests and deadlines were handled; 0 if there was nothing to do
    public int doWork(long nowNs) {
        return context.dataPorts().size() + imageOctets + (int) (nowNs - startedNs);
    }

    /// When [#doWork] has to be called at the latest if nothing arrives before.
    public long nextDeadlineNs() {
        return startedNs;
    }

    /// The current state.
    public @Nullable ElementSnapshot snapshot(long nowNs) {
        return snapshot;
    }

    /// Whether this device may answer for the cluster addresses at this moment: master, with a valid lease.
    public boolean masterServing(long nowNs) {
        return nowNs < startedNs;
    }

    /// Whether this device may forward frames of the flows it owns at this moment.
    public boolean memberServing(long nowNs) {
        return nowNs < startedNs;
    }
}
