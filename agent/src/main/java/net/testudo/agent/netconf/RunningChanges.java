package net.testudo.agent.netconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.ContentChanges;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.NodeChange;
import net.testudo.agent.datastore.PendingCommit;
import net.testudo.agent.datastore.PendingCommits;
import net.testudo.element.management.Author;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out from the newest revisions what the base notifications tell of running (RFC 6470). Every
/// member sees all revisions, so that each of them tells the same. Used under the lock of the stream.
final class RunningChanges {
    private static final Logger LOG = LoggerFactory.getLogger(RunningChanges.class);
    /// Of one change; who wants to see more reads running.
    private static final int EDITS_MAX = 256;
    /// Of a content; a larger one takes too long to compare for each change.
    private static final long CHARACTERS_MAX = 1 << 20;

    private final ContentChanges changes;
    private long revision;
    private Content content;

    /// @param now from which on changes are told
    RunningChanges(Models models, ElementSnapshot now) {
        changes = new ContentChanges(models);
        revision = now.revision();
        content = now.content();
    }

    /// What has happened until this snapshot.
    List<BaseNotification> until(ElementSnapshot snapshot) {
        if (snapshot.revision() == revision) {
            return List.of();
        }
        Optional<BaseNotification.Who> who = who(snapshot);
        List<BaseNotification> news = new ArrayList<>();
        List<NodeChange> edits = edits(snapshot.content());
        if (!content.configuration().equals(snapshot.content().configuration())) {
            news.add(BaseNotification.configChange(who, edits));
        }
        confirmed(PendingCommit.of(content), PendingCommit.of(snapshot.content()), who, comment(snapshot))
                .ifPresent(news::add);
        revision = snapshot.revision();
        content = snapshot.content();
        return news;
    }

    private List<NodeChange> edits(Content after) {
        if (content.characters() + after.characters() > 2 * CHARACTERS_MAX) {
            return List.of();
        }
        try {
            return changes.between(content, after, EDITS_MAX);
        } catch (CanonicalFormException e) {
            LOG.warn("what changed in running is not told: {}", e.getMessage());
            return List.of();
        }
    }

    private static Optional<Author> author(ElementSnapshot snapshot) {
        return snapshot.history().decided().stream()
                .filter(entry -> entry.number() == snapshot.revision())
                .findFirst()
                .map(entry -> entry.author());
    }

    private static Optional<BaseNotification.Who> who(ElementSnapshot snapshot) {
        return author(snapshot)
                .filter(author -> !author.user().isEmpty())
                .map(author -> new BaseNotification.Who(author.user(), author.session(), ""));
    }

    private static String comment(ElementSnapshot snapshot) {
        return author(snapshot).map(Author::comment).orElse("");
    }

    private static Optional<BaseNotification> confirmed(
            Optional<PendingCommit> before,
            Optional<PendingCommit> after,
            Optional<BaseNotification.Who> who,
            String comment) {
        if (before.equals(after)) {
            return Optional.empty();
        }
        if (after.isPresent()) {
            return Optional.of(BaseNotification.confirmedCommit(
                    who,
                    before.isPresent() ? "extend" : "start",
                    Optional.of(after.get().timeoutS())));
        }
        String event = comment.equals(PendingCommits.CANCELLED) ? "cancel" : "complete";
        return Optional.of(
                who.isEmpty()
                        ? BaseNotification.confirmedCommit(who, "timeout", Optional.empty())
                        : BaseNotification.confirmedCommit(who, event, Optional.empty()));
    }
}
