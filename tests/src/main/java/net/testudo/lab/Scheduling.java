package net.testudo.lab;

import java.util.concurrent.atomic.AtomicBoolean;
import net.testudo.pcapio.RealTime;

/// How this process's threads, and so those of the processes that it starts, may be scheduled.
public final class Scheduling {
    private Scheduling() {}

    /// Whether real-time scheduling is granted here; tried with a thread that ends at once.
    public static boolean isRealTime() {
        AtomicBoolean granted = new AtomicBoolean();
        Thread trial = Thread.ofPlatform().name("real-time-trial").start(() -> {
            granted.set(RealTime.request());
            RealTime.end();
        });
        try {
            trial.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while real-time scheduling was tried", e);
        }
        return granted.get();
    }
}
