package net.testudo.element.cluster;

import java.util.List;
import java.util.Optional;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Answer.Outcome;
import net.testudo.element.management.Content;
import net.testudo.element.management.HeldContent;
import net.testudo.element.management.Request;
import net.testudo.element.wire.cluster.ControlMessage.Kept;
import net.testudo.element.wire.cluster.KeptMessage.ContentReply;
import net.testudo.element.wire.cluster.KeptMessage.ContentRequest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.RevisionHeader;

/// Older revisions, for the operator.
final class Revisions {
    private final ClusterState state;

    Revisions(ClusterState state) {
        this.state = state;
    }

    /// Tells another device a content by its hash, of the line or of an orphan.
    static void tell(ClusterState state, int to, ContentRequest request, Effects out) {
        Line line = state.durable.line();
        Optional<Content> content = line == null
                ? Optional.empty()
                : state.durable
                        .archive()
                        .content(request.hash(), line.newest().content())
                        .or(() -> state.durable.orphans().content(request.hash()));
        ContentReply reply = new ContentReply(request.id(), content.isPresent(), content.orElse(Content.EMPTY));
        out.add(new Effect.SendMessage(to, new Kept(reply)));
    }

    /// The content of a decided revision, if this device holds it.
    Answer fetch(Request.FetchRevision request) {
        Line line = state.durable.line();
        if (line == null) {
            return Answer.no(request.requestId(), Outcome.REFUSED, "this device is in no cluster");
        }
        long first = Math.max(line.headers().getFirst().number(), line.number() + 1 - state.historyDepth());
        RevisionHeader header = request.number() < first ? null : line.header(request.number());
        if (header == null) {
            return Answer.no(
                    request.requestId(),
                    Outcome.REFUSED,
                    "the history holds the revisions " + first + " to " + line.number() + ": name one of them");
        }
        Optional<Content> content = state.durable
                .archive()
                .content(header.contentHash(), line.newest().content());
        if (content.isEmpty()) {
            return Answer.no(
                    request.requestId(),
                    Outcome.REFUSED,
                    "this device does not hold the content of revision " + header.number()
                            + ": the history shows a size where it does");
        }
        HeldContent held =
                new HeldContent(state.self(), header.number(), header.hash().toString(), content.get());
        return new Answer(request.requestId(), Outcome.OK, "", "", header.number(), List.of(held));
    }
}
