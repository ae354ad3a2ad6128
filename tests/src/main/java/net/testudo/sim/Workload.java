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
    private static final int CHANGE_LOT = 80;
    private static final int CRITERIA_LOT = 85;

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
    private @Nullable MemberChanges changes;
    private boolean changing;

    /// @param pauseNs longest pause between two actions
    Workload(SimWorld world, RandomGenerator random, Content firstContent, long pauseNs) {
        this.world = world;
        this.random = random;
        this.firstContent = firstContent;
        this.pauseNs = pauseNs;
    }

    /// @param isChanging whether members are changed, or only put in order after the faults
    void changeMembers(MemberChanges memberChanges, boolean isChanging) {
        changes = memberChanges;
        changing = isChanging;
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
            activateSomebody();
            return;
        }
        int lot = random.nextInt(100);
        Content preparation = changes == null ? null : changes.preparation(snapshot);
        if (preparation != null) {
            submitCommit(master, snapshot.revision(), preparation);
            return;
        }
        if (changeMembers(master, snapshot, lot)) {
            return;
        }
        if (!join(master, snapshot) && lot < 60) {
            commit(master, snapshot);
        }
        if (!calm && lot >= 90) {
            disturb(master, snapshot, lot);
        }
    }

    /// Whether something was asked about members.
    private boolean changeMembers(SimDevice master, ElementSnapshot snapshot, int lot) {
        boolean due = calm || (changing && lot >= CHANGE_LOT);
        if (changes == null || !due || !joins.isEmpty()) {
            return false;
        }
        if (!calm && lot < CRITERIA_LOT) {
            submitCommit(master, snapshot.revision(), changes.withCriteria(snapshot.content(), snapshot.members()));
            return true;
        }
        return submit(master, calm ? changes.order(++requests, snapshot) : changes.any(++requests, snapshot));
    }

    /// Nobody leads when all that are left are in maintenance.
    private void activateSomebody() {
        if (changes != null && changing && joins.isEmpty()) {
            SimDevice device =
                    world.devices().get(random.nextInt(world.devices().size()));
            submit(device, changes.activationOfItself(++requests, device));
        }
    }

    private boolean submit(SimDevice device, @Nullable Request request) {
        if (request != null) {
            joins.add(request.requestId());
            device.management().submit(request);
        }
        return request != null;
    }

    private void disturb(SimDevice master, ElementSnapshot snapshot, int lot) {
        if (lot < 94) {
            master.management().submit(new Request.Failover(++requests, 0, 0, "simulated"));
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
            if (isThere(discovered.serial())
                    && (discovered.state().equals("discovered")
                            || discovered.state().equals("rejected"))) {
                requests++;
                return submit(
                        master,
                        changes == null
                                ? new Request.Join(requests, discovered.serial())
                                : changes.admission(requests, snapshot, discovered.serial()));
            }
        }
        return false;
    }

    /// Whether the device has not been replaced by another one: who was heard stays listed for a while.
    private boolean isThere(String serial) {
        return world.devices().stream().anyMatch(device -> device.serial().equals(serial));
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
