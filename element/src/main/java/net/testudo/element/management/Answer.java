package net.testudo.element.management;

import java.util.List;

/// The element's answer to a [Request].
///
/// @param requestId of the request
/// @param outcome whether it was done, and if not, why
/// @param message for the operator: what is wrong and what to do; empty if done
/// @param path the configuration path that is at fault, or empty
/// @param revision the decided revision (commit, content), else 0
/// @param held what devices hold, if that was asked for
public record Answer(
        long requestId, Outcome outcome, String message, String path, long revision, List<HeldContent> held) {
    /// Keeps its own copy of the list.
    public Answer {
        held = List.copyOf(held);
    }

    /// An answer that brings no contents.
    public Answer(long requestId, Outcome outcome, String message, String path, long revision) {
        this(requestId, outcome, message, path, revision, List.of());
    }

    /// How a request ended.
    public enum Outcome {
        /// Done, everywhere it has to be.
        OK,
        /// The content breaks a rule; `path` says where.
        INVALID,
        /// Made from a revision that is not the newest any more.
        STALE_BASE,
        /// This device is not the master; `message` names it.
        NOT_MASTER,
        /// No majority of the voters can be reached.
        NO_QUORUM,
        /// It cannot be said yet whether the commit holds: look it up by its commit id.
        OUTCOME_UNKNOWN,
        /// Another commit or change of membership is under way.
        IN_PROGRESS,
        /// The request makes no sense in the present state; `message` says why.
        REFUSED,
        /// A device could not store it durably; `message` names the device and the file.
        STORE_FAILED
    }

    /// Done.
    public static Answer ok(long requestId, long revision) {
        return new Answer(requestId, Outcome.OK, "", "", revision);
    }

    /// Not done.
    public static Answer no(long requestId, Outcome outcome, String message) {
        return new Answer(requestId, outcome, message, "", 0);
    }
}
