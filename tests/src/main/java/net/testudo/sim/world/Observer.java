package net.testudo.sim.world;

import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import org.jspecify.annotations.Nullable;

/// Watches a simulated world. Checkers, traces and the workload are observers; none may change the world from here.
public interface Observer {
    /// A device's process starts.
    default void onStart(SimDevice device) {}

    /// A device's process is gone.
    default void onCrash(SimDevice device) {}

    /// A device's engine was called and did `work` things.
    default void onTurn(SimDevice device, int work) {}

    /// A device sends a frame; called from within the engine's turn.
    default void onSend(SimDevice device, SimPort port, byte[] frame) {}

    /// A frame arrives at a device's port and finds room in its ring.
    default void onReceive(SimDevice device, SimPort port, byte[] frame) {}

    /// The agent asks something of a device.
    default void onRequest(SimDevice device, Request request) {}

    /// A device answers.
    ///
    /// @param request what it answers, or null if nothing of that id is open
    default void onAnswer(SimDevice device, @Nullable Request request, Answer answer) {}

    /// A device publishes its state.
    default void onPublish(SimDevice device, ElementSnapshot snapshot) {}

    /// A device reports an event.
    default void onEvent(SimDevice device, ElementEvent event) {}

    /// The fault plan or a scenario did something to the world.
    default void onFault(String what) {}
}
