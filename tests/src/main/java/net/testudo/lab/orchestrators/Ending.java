package net.testudo.lab.orchestrators;

import java.util.function.IntUnaryOperator;

/// How an orchestrator goes on once its change is in the candidate.
enum Ending {
    /// It commits.
    COMMIT(6),
    /// It takes the change back.
    DISCARD(1),
    /// It dies with the candidate locked and changed.
    DIE_EDITED(2),
    /// It sends the commit, and dies at once.
    DIE_IN_COMMIT(2),
    /// It commits for a trial and confirms.
    CONFIRM(2),
    /// It commits for a trial and takes that back.
    CANCEL(1),
    /// It commits for a trial and dies.
    DIE_UNCONFIRMED(2),
    /// It commits for a trial that outlives its session, dies, and confirms in another session.
    CONFIRM_LATER(2),
    /// It commits for a trial that outlives its session, and never confirms.
    FORGET(1);

    private final int weight;

    Ending(int weight) {
        this.weight = weight;
    }

    /// One of them, the usual ones more often.
    ///
    /// @param random a number from zero up to, not including, its argument
    static Ending draw(IntUnaryOperator random) {
        int sum = 0;
        for (Ending ending : values()) {
            sum += ending.weight;
        }
        int drawn = random.applyAsInt(sum);
        for (Ending ending : values()) {
            drawn -= ending.weight;
            if (drawn < 0) {
                return ending;
            }
        }
        return COMMIT;
    }
}
