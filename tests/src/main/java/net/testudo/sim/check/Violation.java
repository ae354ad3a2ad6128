package net.testudo.sim.check;

/// A rule that must always hold was broken. Ends the run.
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String checker;

    /// @param checker name of the broken rule
    /// @param what happened, in one line
    public Violation(String checker, String what) {
        super(what);
        this.checker = checker;
    }

    /// Name of the broken rule.
    public String checker() {
        return checker;
    }
}
