package net.testudo.agent.datastore;

import java.util.ArrayDeque;
import java.util.Optional;
import net.testudo.element.management.Content;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Contents and the trees that they are, both ways. The newest are remembered; of a content that is much like one of
/// them only what is different is worked out. Trees that come of each other share what they have in common. Safe for
/// use by any thread.
final class CanonicalForm {
    /// Running, what it was before, the candidate, and one that is on its way from one to the other.
    private static final int KNOWN_MAX = 4;

    private final CanonicalReader reader;
    private final CanonicalWriter writer;
    private final TreeUpdate update;
    private final ArrayDeque<Known> known = new ArrayDeque<>();

    private record Known(Content content, ContainerNode tree) {}

    CanonicalForm(Models models) {
        reader = new CanonicalReader(models);
        writer = new CanonicalWriter(models);
        update = new TreeUpdate(models);
    }

    /// The tree of `content`, secrets included.
    ///
    /// @throws CanonicalFormException if it is not in canonical form or does not fit the schema
    synchronized ContainerNode tree(Content content) throws CanonicalFormException {
        for (Known one : known) {
            if (one.content.equals(content)) {
                return one.tree;
            }
        }
        @Nullable ContainerNode tree = null;
        if (!known.isEmpty()) {
            tree = updated(known.getFirst(), content);
        }
        return remember(new Known(content, tree == null ? reader.read(content) : tree)).tree;
    }

    /// A content that was not written by [#content] may have its lines in another order, or not together: then it is
    /// read
    /// as a whole.
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
        return remember(new Known(writer.write(tree), tree)).content;
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
