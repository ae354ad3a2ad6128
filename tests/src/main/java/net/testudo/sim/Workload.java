package net.testudo.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.management.Role;
import net.testudo.sim.check.CommitsKept;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;
import org.jspecify.annotations.Nullable;

/// What operators do meanwhile: form the cluster at device 1, join the others, commit at whoever is master, now and
/// then hand over the master's role, take a device out, or ask the wrong device.
final class Workload implements Observer {
    private final SimWorld world;
    private final RandomGenerator random;
    private final Content firstContent;
    private final long pauseNs;
    private final Set<Long> joins = new HashSet<>();
    private long requests;
    private long commits;
    private boolean formed;
    private boolean calm = true;
    private long acknowledgedAtNs = -1;

    /// @param pauseNs longest pause between two actions
    Workload(SimWorld world, RandomGenerator random, Content firstContent, long pauseNs) {
        this.world = world;
        this.random = random;
        this.firstContent = firstContent;
        this.pauseNs = pauseNs;
    }

    /// Begins to act.
    void begin() {
        world.queue().after(pauseNs / 8 + random.nextLong(pauseNs), () -> {
            act();
            begin();
        });
    }

    /// Whether only joins and commits are done (true), or everything.
    void setCalm(boolean isCalm) {
        calm = isCalm;
    }

    /// When a commit was last acknowledged, -1 if none was.
    long acknowledgedAtNs() {
        return acknowledgedAtNs;
    }

    @Override
    public void onAnswer(SimDevice device, @Nullable Request request, Answer answer) {
        joins.remove(answer.requestId());
        if (request instanceof Request.Commit && answer.outcome() == Answer.Outcome.OK) {
            acknowledgedAtNs = world.queue().nowNs();
        }
    }

    @Override
    public void onPublish(SimDevice device, ElementSnapshot snapshot) {
        formed |= snapshot.revision() > 0;
    }

    @Override
    public void onCrash(SimDevice device) {
        joins.clear();
    }

    private void act() {
        SimDevice master = master();
        ElementSnapshot snapshot = master == null ? null : master.management().newest();
        if (master == null || snapshot == null) {
            form();
            return;
        }
        int lot = random.nextInt(100);
        if (!join(master, snapshot) && lot < 60) {
            commit(master, snapshot);
        }
        if (!calm && lot >= 90) {
            disturb(master, snapshot, lot);
        }
    }

    private void disturb(SimDevice master, ElementSnapshot snapshot, int lot) {
        if (lot < 94) {
            master.management().submit(new Request.Failover(++requests, 0, "simulated"));
        } else if (lot < 96 && snapshot.members().size() > 1) {
            List<ElementSnapshot.MemberState> members = snapshot.members();
            String serial = members.get(random.nextInt(members.size())).serial();
            master.management().submit(new Request.Leave(++requests, serial));
        } else {
            SimDevice other = world.devices().get(random.nextInt(world.devices().size()));
            ElementSnapshot view = other.management().newest();
            if (view != null && view.revision() > 0) {
                commit(other, view);
            }
        }
    }

    private @Nullable SimDevice master() {
        for (SimDevice device : world.devices()) {
            if (device.state() == SimDevice.State.RUNNING && device.masterServing()) {
                return device;
            }
        }
        return null;
    }

    private void form() {
        SimDevice first = world.device(1);
        ElementSnapshot snapshot = first.management().newest();
        boolean idle =
                first.state() == SimDevice.State.RUNNING && first.management().openRequests() == 0;
        if (!formed && idle && snapshot != null && snapshot.role() == Role.UNCONFIGURED) {
            submitCommit(first, 0, firstContent);
        }
    }

    private boolean join(SimDevice master, ElementSnapshot snapshot) {
        if (!joins.isEmpty()) {
            return false;
        }
        for (ElementSnapshot.DiscoveredDevice discovered : snapshot.discovered()) {
            if (discovered.state().equals("discovered") || discovered.state().equals("rejected")) {
                joins.add(++requests);
                master.management().submit(new Request.Join(requests, discovered.serial()));
                return true;
            }
        }
        return false;
    }

    private void commit(SimDevice device, ElementSnapshot snapshot) {
        submitCommit(device, snapshot.revision(), snapshot.content());
    }

    private void submitCommit(SimDevice device, long base, Content content) {
        commits++;
        Content marked = CommitsKept.mark(content, commits);
        device.management().submit(new Request.Commit(++requests, "commit-" + commits, base, marked));
    }
}
