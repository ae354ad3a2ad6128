package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.management.Content;

/// What is different in two contents of running, without what no read shows.
public final class ContentChanges {
    private final Models models;

    /// @param models the schema of the contents
    public ContentChanges(Models models) {
        this.models = models;
    }

    /// The changes, outermost nodes only: what is below a node that came or went is not listed.
    ///
    /// @param max how many are listed; none if there are more
    /// @throws CanonicalFormException if a content does not fit the schema
    public List<NodeChange> between(Content before, Content after, int max) throws CanonicalFormException {
        CanonicalForm form = models.canonicalForm();
        List<NodeChange> changes = new ArrayList<>();
        try {
            TreeChanges.shown(models, (kind, path) -> {
                        NodeChange last = changes.isEmpty() ? null : changes.getLast();
                        if (last == null || kind == ChangeGuard.Kind.UPDATE || !isBelow(path, last.path())) {
                            changes.add(new NodeChange(kind, path));
                        }
                    })
                    .check(form.tree(before), form.tree(after));
        } catch (RpcException e) {
            throw new IllegalStateException("nothing is refused here", e);
        }
        return changes.size() > max ? List.of() : changes;
    }

    private static boolean isBelow(CanonicalPath path, CanonicalPath above) {
        int depth = above.steps().size();
        return path.steps().size() > depth && path.steps().subList(0, depth).equals(above.steps());
    }
}
