package net.testudo.sim;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;
import org.jspecify.annotations.Nullable;

/// The last lines of what happened in a run, for a person to read.
final class Trace implements Observer {
    private static final int LINES_MAX = 20_000;
    private static final double NS_PER_MS = 1e6;

    private final SimWorld world;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final Map<SimDevice, String> states = new HashMap<>();

    Trace(SimWorld world) {
        this.world = world;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /// Adds what each device knows at the end.
    void end() {
        for (SimDevice device : world.devices()) {
            ElementSnapshot snapshot = device.snapshot();
            if (snapshot != null) {
                String about = device.number() + ": at the end ";
                snapshot.members().forEach(member -> add(about + member));
                snapshot.discovered().forEach(discovered -> add(about + discovered));
                snapshot.alarms().forEach(alarm -> add(about + alarm));
                add(about + snapshot.counters());
            }
        }
    }

    @Override
    public void onStart(SimDevice device) {
        add(device.number() + ": starts, its clock shows " + device.localNs() + " ns");
    }

    @Override
    public void onFault(String what) {
        add("fault: " + what);
    }

    @Override
    public void onTurn(SimDevice device, int work) {
        ElementSnapshot snapshot = device.snapshot();
        if (snapshot != null) {
            String state = snapshot.role() + " epoch " + snapshot.epoch() + " follows " + snapshot.master()
                    + " revision " + snapshot.revision() + (snapshot.masterServing() ? " master-lease" : "")
                    + (snapshot.memberServing() ? " lease" : "") + (snapshot.unwitnessed() ? " unwitnessed" : "");
            if (!state.equals(states.put(device, state))) {
                add(device.number() + ": " + state);
            }
        }
    }

    @Override
    public void onRequest(SimDevice device, Request request) {
        String text = request instanceof Request.Commit commit
                ? "Commit " + commit.commitId() + " on revision " + commit.baseRevision()
                : request.toString();
        add(device.number() + ": asked " + text);
    }

    @Override
    public void onAnswer(SimDevice device, @Nullable Request request, Answer answer) {
        String id = request instanceof Request.Commit commit ? " " + commit.commitId() : "";
        add(device.number() + ": answers" + id + " " + answer);
    }

    @Override
    public void onEvent(SimDevice device, ElementEvent event) {
        add(device.number() + ": event " + event.kind() + " device " + event.device() + " epoch " + event.epoch()
                + " cause " + event.cause());
    }

    private void add(String line) {
        if (lines.size() >= LINES_MAX) {
            lines.remove();
        }
        lines.add(String.format(Locale.ROOT, "%10.3f ms  %s", world.queue().nowNs() / NS_PER_MS, line));
    }
}
