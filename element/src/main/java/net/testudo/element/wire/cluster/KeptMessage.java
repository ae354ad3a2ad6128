package net.testudo.element.wire.cluster;

import java.util.List;
import net.testudo.element.management.Content;

/// What members tell each other of the revisions that they keep beside the newest one.
public sealed interface KeptMessage {
    /// By which the answer is known again.
    long id();

    /// Asks for the list of orphans.
    ///
    /// @param dismissed hash of an orphan that the receiver drops before it answers, else [Digest#ZERO]
    record ListRequest(long id, Digest dismissed) implements KeptMessage {}

    /// The orphans of the sender, as they are on its disk.
    record ListReply(long id, List<OrphanNote> orphans) implements KeptMessage {
        /// Keeps its own copy of the list.
        public ListReply {
            orphans = List.copyOf(orphans);
        }
    }

    /// Asks for a content.
    ///
    /// @param hash of the content
    record ContentRequest(long id, Digest hash) implements KeptMessage {}

    /// A content that was asked for.
    ///
    /// @param held whether the sender has it
    /// @param content itself, else empty
    record ContentReply(long id, boolean held, Content content) implements KeptMessage {}
}
