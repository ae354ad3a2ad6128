package net.testudo.element.wire.cluster;

import java.util.List;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.net.DeviceSet;
import org.jspecify.annotations.Nullable;

/// A message between two members over the reliable control stream. All of them may be repeated without harm.
public sealed interface ControlMessage {
    /// Asks for a vote.
    ///
    /// @param epoch asked for
    /// @param preliminary asks whether a vote would be given, without binding either side
    /// @param decidedNumber of the candidate's newest revision: a voter that has a newer one sends its content
    record VoteRequest(long epoch, boolean preliminary, long decidedNumber) implements ControlMessage {}

    /// A vote.
    ///
    /// @param epoch promised
    /// @param preliminary the answer to a preliminary request: binds nobody
    /// @param header of the voter's newest decided revision, null for a preliminary vote
    /// @param line the voter's line if it is longer than the candidate's, else null
    /// @param prepared the voter's prepared entry, or null
    /// @param suspended the suspensions it stored
    /// @param silences how long it had not heard each of these when it stopped to report it; empty before
    ///   version 2
    record Vote(
            long epoch,
            boolean preliminary,
            @Nullable RevisionHeader header,
            @Nullable Line line,
            @Nullable PreparedEntry prepared,
            DeviceSet suspended,
            List<Silence> silences)
            implements ControlMessage {
        /// Keeps its own copy of the list.
        public Vote {
            silences = List.copyOf(silences);
        }
    }

    /// Asks a voter to store a revision or a tombstone.
    record Prepare(PreparedEntry entry) implements ControlMessage {}

    /// A voter stored the entry, or refused it.
    ///
    /// @param epoch of the entry
    /// @param sequence of the entry
    /// @param stored whether it is durable at the voter
    /// @param path configuration path at fault if refused, or empty
    /// @param reason why refused, or empty
    record PrepareReply(long epoch, long sequence, boolean stored, String path, String reason)
            implements ControlMessage {}

    /// What is decided.
    record Decide(long epoch, Line line) implements ControlMessage {}

    /// The receiver works with something else than this decided revision: it takes it into use again.
    record Reapply(long epoch, Revision revision) implements ControlMessage {}

    /// About revisions that members keep beside the newest one.
    record Kept(KeptMessage message) implements ControlMessage {}

    /// About what data paths decide.
    record Inspect(InspectionMessage message) implements ControlMessage {}

    /// Asks what the receiver works with.
    ///
    /// @param id of the question
    /// @param known hash of the content that the sender has: who works with it need not send it
    record InForceRequest(long id, Digest known) implements ControlMessage {}

    /// What the sender works with.
    ///
    /// @param id of the question
    /// @param number of the revision that it took into use, 0 if none
    /// @param hash of the content as it is now
    /// @param content itself, empty if the asker has it, or if it cannot be read
    /// @param own what is derived for the sender alone, in canonical form
    record InForceReply(long id, long number, Digest hash, Content content, String own) implements ControlMessage {}

    /// Asks a voter to store which devices are suspended.
    record Suspend(long epoch, long sequence, DeviceSet devices) implements ControlMessage {}

    /// A voter stored the suspensions and does not report those devices any more.
    ///
    /// @param epoch of the request
    /// @param sequence of the request
    /// @param silences how long ago it had heard each of them when it stopped
    record SuspendReply(long epoch, long sequence, List<Silence> silences) implements ControlMessage {
        public SuspendReply {
            silences = List.copyOf(silences);
        }
    }

    /// The sender gives its role up on purpose; sent right before it does.
    ///
    /// @param epoch given up
    /// @param reason why
    /// @param text more about it, or empty
    record HandOver(long epoch, Reason reason, String text) implements ControlMessage {}

    /// About the event log.
    record Log(LogMessage message) implements ControlMessage {}

    /// @param device suspended
    /// @param silentNs time since it was heard
    record Silence(int device, long silentNs) {
        static Silence parse(OctetReader in) {
            return new Silence(in.u8(), in.i64());
        }
    }
}
