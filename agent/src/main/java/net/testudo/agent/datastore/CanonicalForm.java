package net.testudo.agent.datastore;

import java.util.ArrayDeque;
import java.util.Optional;
import net.testudo.element.management.Content;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Contents and the trees that they are, both ways. The newest are remembered; of a content that is much like one of
/// them only what is different is worked out. Trees that come of each other share what they have in common. Of what was
/// before a device was unconfigured nothing is remembered, as it has secrets. Safe for use by any thread.
final class CanonicalForm {
    /// Running, what it was before, the candidate, and one that is on its way from one to the other.
    private static final int KNOWN_MAX = 4;

    private final CanonicalReader reader;
    private final CanonicalWriter writer;
    private final TreeUpdate update;
    private final ArrayDeque<Known> known = new ArrayDeque<>();

    /// @param given the content as it was read, perhaps with its lines in another order
    /// @param tree of it
    /// @param content as it is written
    private record Known(Content given, ContainerNode tree, Content content) {}

    CanonicalForm(Models models) {
        reader = new CanonicalReader(models);
        writer = new CanonicalWriter(models);
        update = new TreeUpdate(models);
    }

    /// The tree of `content`, secrets included.
    ///
    /// @throws CanonicalFormException if it is not in canonical form or does not fit the schema
    synchronized ContainerNode tree(Content content) throws CanonicalFormException {
        if (content.characters() == 0) {
            known.clear();
            writer.forget();
        }
        for (Known one : known) {
            if (one.given.equals(content)) {
                return one.tree;
            }
        }
        Known near = known.peekFirst();
        @Nullable ContainerNode updated = near == null ? null : updated(near, content);
        if (updated != null) {
            return remember(new Known(content, updated, content)).tree;
        }
        ContainerNode read = reader.read(content);
        return remember(new Known(content, read, writer.write(read))).tree;
    }

    /// A content that was not written by [#content] may have its lines in another order, or apart: then it is read as
    /// a whole.
    private @Nullable ContainerNode updated(Known near, Content content) {
        Optional<ContainerNode> updated = update.of(near.tree, near.content, content);
        return updated.filter(tree -> writer.write(tree).equals(content)).orElse(null);
    }

    /// The content of a tree.
    synchronized Content content(ContainerNode tree) {
        for (Known one : known) {
            if (isSame(one.tree, tree)) {
                return one.content;
            }
        }
        Content content = writer.write(tree);
        return remember(new Known(content, tree, content)).content;
    }

    /// The content of the part of a tree that is in `scope`.
    synchronized Content content(ContainerNode tree, ReadScope scope) {
        return scope.equals(ReadScope.ALL) ? content(tree) : writer.write(tree, scope.path());
    }

    // The very same tree: to compare two of them costs more than to write one.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(ContainerNode one, ContainerNode other) {
        return one == other;
    }

    private Known remember(Known newest) {
        known.addFirst(newest);
        if (known.size() > KNOWN_MAX) {
            known.removeLast();
        }
        return newest;
    }
}
