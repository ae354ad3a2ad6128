package net.testudo.lab.orchestrators;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.cluster.Secrets;

/// One orchestrator: changes its two values again and again, and remembers what it was told.
final class Orchestrator implements Runnable {
    /// A lock is held by the other one's step for a while, or by a session whose master died; never for longer.
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(90);

    private static final Duration SESSION_LIMIT = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int CONFIRM_TIMEOUT_S = 3;
    private static final String CANDIDATE = "<target><candidate/></target>";
    private static final String TRIAL =
            "<commit><confirmed/><confirm-timeout>" + CONFIRM_TIMEOUT_S + "</confirm-timeout>%s</commit>";

    private final String name;
    private final Lab lab;
    private final Secrets secrets;
    private final SplittableRandom random;
    private final Ledger ledger = new Ledger();
    private final List<String> broken = new ArrayList<>();
    private volatile boolean enough;
    private int value;

    /// @param name of its own; the entries that it writes have it
    Orchestrator(String name, Lab lab, Secrets secrets, long seed) {
        this.name = name;
        this.lab = lab;
        this.secrets = secrets;
        this.random = new SplittableRandom(seed);
    }

    String name() {
        return name;
    }

    Ledger ledger() {
        return ledger;
    }

    /// It ends after the change that it is at.
    void stop() {
        enough = true;
    }

    /// What did not hold.
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    private synchronized void add(String what) {
        broken.add(name + ": " + what);
    }

    @Override
    public void run() {
        try {
            while (!enough && broken().isEmpty()) {
                change(Ending.draw(random::nextInt));
            }
        } catch (LabException e) {
            if (!lab.closed()) {
                add(String.valueOf(e.getMessage()));
            }
        }
    }

    private void change(Ending ending) {
        try (WireSession session = begin()) {
            if (!lock(session) || !look(session)) {
                return;
            }
            value++;
            if (!isOk(session.ask(
                    "<edit-config>" + CANDIDATE + "<config>" + Seen.change(name, value) + "</config></edit-config>"))) {
                ledger.undone(value, "edit");
                return;
            }
            end(session, ending);
        }
    }

    private WireSession begin() {
        long startNs = System.nanoTime();
        while (true) {
            Optional<WireSession> session = WireSession.begin(lab, secrets, name);
            if (session.isPresent()) {
                return session.get();
            }
            demandTime(startNs, SESSION_LIMIT, "no session at the cluster's address");
        }
    }

    private static void demandTime(long startNs, Duration limit, String what) {
        if (System.nanoTime() - startNs > limit.toNanos()) {
            throw new LabException(what + " in " + limit.toSeconds() + " s");
        }
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /// @return false if the session is lost
    private boolean lock(WireSession session) {
        long startNs = System.nanoTime();
        while (true) {
            Optional<String> reply = session.ask("<lock>" + CANDIDATE + "</lock>");
            if (reply.isEmpty() || isOk(reply)) {
                return reply.isPresent();
            }
            demandTime(startNs, LOCK_LIMIT, "the candidate's lock is denied (" + reply.get() + ")");
        }
    }

    /// Looks whether its own values are those that may be there; mostly until the other one's trial is over, since
    /// nothing can be committed before.
    ///
    /// @return false if the session is lost
    private boolean look(WireSession session) {
        boolean patient = random.nextInt(4) > 0;
        long startNs = System.nanoTime();
        while (true) {
            Optional<Seen> seen = session.ask(Seen.operation(name)).map(Seen::of);
            seen.ifPresent(this::check);
            if (seen.isEmpty() || !seen.get().waiting() || !patient) {
                return seen.isPresent();
            }
            demandTime(startNs, LOCK_LIMIT, "a confirmed commit waits, and does not end");
        }
    }

    /// What a read of its values shows must be whole, and possible.
    void check(Seen seen) {
        if (seen.inPolicy() != seen.inAccess()) {
            add("half a change is there: " + seen);
        } else if (!seen.waiting() && !ledger.possible().contains(seen.inPolicy())) {
            add(seen + " is there, possible are " + ledger.possible());
        }
    }

    private void end(WireSession session, Ending ending) {
        switch (ending) {
            case COMMIT -> note(session.ask("<commit/>"), "commit");
            case DISCARD -> {
                session.ask("<discard-changes/>");
                ledger.undone(value, "discarded");
            }
            case DIE_EDITED -> ledger.undone(value, "died with it in the candidate");
            case DIE_IN_COMMIT -> {
                session.askAndDie("<commit/>");
                ledger.unknown(value, "died in the commit");
            }
            case CONFIRM -> {
                if (trial(session, "")) {
                    note(session.ask("<commit/>"), "confirmed");
                }
            }
            case CANCEL -> {
                if (trial(session, "")) {
                    session.ask("<cancel-commit/>");
                    ledger.undone(value, "cancelled");
                }
            }
            case DIE_UNCONFIRMED -> {
                if (trial(session, "")) {
                    ledger.undone(value, "died before it was confirmed");
                }
            }
            case CONFIRM_LATER -> {
                if (trial(session, "<persist>" + name + "</persist>")) {
                    session.close();
                    confirmLater();
                }
            }
            case FORGET -> {
                if (trial(session, "<persist>" + name + "</persist>")) {
                    ledger.undone(value, "never confirmed");
                }
            }
        }
    }

    private void confirmLater() {
        try (WireSession next = begin()) {
            note(next.ask("<commit><persist-id>" + name + "</persist-id></commit>"), "confirmed in another session");
        }
    }

    /// Commits for a trial. Whatever is not answered by `ok` is undone without a confirmation, if it was done at all.
    private boolean trial(WireSession session, String persist) {
        boolean begun = isOk(session.ask(TRIAL.formatted(persist)));
        if (!begun) {
            ledger.undone(value, "trial not acknowledged");
        }
        return begun;
    }

    private void note(Optional<String> reply, String how) {
        if (isOk(reply)) {
            ledger.acknowledged(value, how);
        } else if (reply.isEmpty() || reply.get().contains("outcome-unknown")) {
            ledger.unknown(value, how);
        } else {
            ledger.undone(
                    value, how + " refused: " + reply.get().replaceAll("(?s).*<error-message[^>]*>|</error.*", ""));
        }
    }

    private static boolean isOk(Optional<String> reply) {
        return reply.filter(text -> text.contains("<ok")).isPresent();
    }
}
