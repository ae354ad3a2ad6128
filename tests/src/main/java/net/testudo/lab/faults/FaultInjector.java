package net.testudo.lab.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import net.testudo.lab.Await;
import net.testudo.lab.Commands;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.cluster.Devices;

/// Lets faults happen, and heals them.
final class FaultInjector {
    private final Lab lab;
    private final Devices devices;

    FaultInjector(Lab lab, Devices devices) {
        this.lab = lab;
        this.devices = devices;
    }

    /// Lets all faults of a step happen, each at its moment; returns when the last one is healed. A device that was
    /// killed is started then, not yet back.
    ///
    /// @throws LabException if a fault cannot be made or healed
    void play(FaultStep step) {
        long startNs = System.nanoTime();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Fault fault : step.faults()) {
            running.add(CompletableFuture.runAsync(
                    () -> play(fault, startNs), task -> Thread.ofVirtual().start(task)));
        }
        try {
            running.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new LabException("the fault could not be made: " + step + ": " + e.getCause(), e);
        }
    }

    private void play(Fault fault, long startNs) {
        last(startNs, fault.delay());
        long struckNs = System.nanoTime();
        long agent = devices.agent(fault.device());
        strike(fault, agent);
        last(struckNs, fault.length());
        heal(fault, agent);
    }

    /// The moment and the length of a fault are what it is: nothing is awaited.
    private static void last(long fromNs, Duration length) {
        for (long leftNs = length.toNanos(); leftNs > 0; leftNs = length.toNanos() - (System.nanoTime() - fromNs)) {
            LockSupport.parkNanos(leftNs);
        }
    }

    private void strike(Fault fault, long agent) {
        int device = fault.device();
        switch (fault.kind()) {
            case KILL -> {
                lab.cutAllLinks(device);
                devices.process(device).kill();
            }
            case KILL_LINKS_UP -> devices.process(device).kill();
            case STOP -> devices.process(device).stop();
            case CLUSTER_CUT, DATA_CUT -> lab.cutSilently(device, fault.network());
            case CLUSTER_ONE_WAY, DATA_ONE_WAY -> lab.cutOneWay(device, fault.network(), fault.toDevice());
            case RESTART -> devices.process(device).close();
            case AGENT_KILL -> signal("KILL", agent);
            case AGENT_STOP -> signal("STOP", agent);
        }
    }

    private void heal(Fault fault, long agent) {
        int device = fault.device();
        switch (fault.kind()) {
            case KILL -> {
                lab.restoreAllLinks(device);
                devices.start(device);
            }
            case KILL_LINKS_UP, RESTART -> devices.start(device);
            case STOP -> devices.process(device).resume();
            case CLUSTER_CUT, DATA_CUT -> lab.heal(device, fault.network());
            case CLUSTER_ONE_WAY, DATA_ONE_WAY -> lab.healOneWay(device, fault.network());
            case AGENT_KILL ->
                Await.until(
                        "the next agent",
                        Devices.START_LIMIT,
                        () -> devices.agent(device),
                        next -> next != 0 && next != agent);
            case AGENT_STOP -> signal("CONT", agent);
        }
    }

    private static void signal(String signal, long pid) {
        if (pid == 0) {
            throw new LabException("the device has no agent to be struck");
        }
        Commands.run(List.of("kill", "-" + signal, Long.toString(pid)));
    }
}
