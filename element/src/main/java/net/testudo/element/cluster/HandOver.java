package net.testudo.element.cluster;

import net.testudo.element.management.ElementEvent.Reason;

/// Why a master gave its role up on purpose.
///
/// @param epoch given up
/// @param reason of it
/// @param text more about it, one line, or empty
record HandOver(long epoch, Reason reason, String text) {
    /// The text of a hand-over because the master is put into maintenance.
    static final String MAINTENANCE = "maintenance";
    private static final int TEXT_MAX = 255;

    /// Takes of `text` what goes into one line.
    HandOver {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        text = line.length() > TEXT_MAX ? line.substring(0, TEXT_MAX) : line;
    }

    /// What became of it, in one line.
    ///
    /// @param master that gave the role up
    String cause(int master) {
        String device = "device " + master;
        String done = switch (reason) {
            case OPERATOR -> device + " handed over, as the operator asked";
            case PREEMPTED -> device + " was pre-empted";
            case TERM_OVER -> device + " handed over at the end of its term";
            case SELF_REQUEST -> device + " asked to be relieved";
            case TRANSITION_OVER -> device + " led for a transition, which is over";
            case NOT_VERIFIED -> device + " handed over, because it does not work with the decided configuration";
            default -> device + " gave the role up";
        };
        return text.isEmpty() ? done : done + ": " + text;
    }
}
