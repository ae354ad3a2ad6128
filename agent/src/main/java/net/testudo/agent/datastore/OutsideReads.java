package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// Notes what constraints read of the tree outside of one entry of a list. Where that is the same in another tree, and
/// the entry too, they say the same there.
///
/// What was read is told by the nearest list, leaf or container that was reached from the root by way of containers
/// alone: of another list all entries count, whichever was looked at.
final class OutsideReads {
    /// Something that was read.
    ///
    /// @param way the containers that lead to it
    /// @param child what of the last of them, null for all of it
    /// @param seen what stood there, null if nothing did
    record Read(
            List<QName> way,
            @Nullable QName child,
            @Nullable NormalizedNode seen) {
        /// Whether the same stands there in another tree.
        boolean isSameIn(ContainerNode root) {
            NormalizedNode at = root;
            for (QName step : way) {
                at = below(at, step);
            }
            return isSame(seen, child == null ? at : below(at, child));
        }

        /// Nodes are immutable, and trees share what is the same; but leaves may be made when they are asked for.
        @SuppressWarnings("ReferenceEquality")
        private static boolean isSame(@Nullable NormalizedNode one, @Nullable NormalizedNode other) {
            return one == other || (one instanceof LeafNode<?> leaf && leaf.equals(other));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Read read
                    && way.equals(read.way)
                    && Objects.equals(child, read.child)
                    && isSame(seen, read.seen);
        }

        @Override
        public int hashCode() {
            return Objects.hash(
                    way, child, seen instanceof LeafNode<?> leaf ? leaf.hashCode() : System.identityHashCode(seen));
        }
    }

    private @Nullable DataNode entry;
    private Set<Read> reads = Set.of();

    /// Begins to note what is read outside of `around`.
    void begin(DataNode around) {
        entry = around;
        reads = new LinkedHashSet<>();
    }

    /// What was read since [#begin]; nothing is noted any more.
    Set<Read> end() {
        entry = null;
        return reads;
    }

    /// Children of this name are looked at.
    void child(DataNode parent, String name, String namespace) {
        if (isOutside(parent)) {
            Optional<DataSchemaNode> known = direct(parent.container(), name, namespace);
            if (known.isEmpty()) {
                // In a choice, or nowhere.
                note(parent, null);
            } else if (!(known.get() instanceof ContainerSchemaNode inner) || inner.isPresenceContainer()) {
                note(parent, known.get().getQName());
            }
        }
    }

    /// All that `node` holds is looked at.
    void all(DataNode node) {
        if (isOutside(node) && (node.parent() == null || node.schema() instanceof DataNodeContainer)) {
            note(node, null);
        }
    }

    /// Whether something is noted, and `node` is neither in the entry nor in one of another list.
    private boolean isOutside(DataNode node) {
        if (entry == null) {
            return false;
        }
        for (DataNode at = node; at != null; at = at.parent()) {
            if (at.schema() instanceof ListSchemaNode) {
                return false;
            }
        }
        return true;
    }

    private void note(DataNode container, @Nullable QName child) {
        List<DataNode> chain = new ArrayList<>();
        for (DataNode at = container; at.parent() != null; at = at.parent()) {
            chain.addFirst(at);
        }
        List<QName> way = new ArrayList<>();
        NormalizedNode data = container.root().data();
        DataNodeContainer schema = container.root().container();
        for (DataNode step : chain) {
            if (direct(schema, step.name(), step.namespace()).isEmpty()) {
                reads.add(new Read(List.copyOf(way), null, data));
                return;
            }
            way.add(Objects.requireNonNull(step.schema()).getQName());
            data = step.data();
            schema = step.container();
        }
        reads.add(new Read(List.copyOf(way), child, child == null ? data : below(data, child)));
    }

    private static Optional<DataSchemaNode> direct(DataNodeContainer schema, String name, String namespace) {
        for (DataSchemaNode child : schema.getChildNodes()) {
            QName known = child.getQName();
            if (known.getLocalName().equals(name)
                    && known.getNamespace().toString().equals(namespace)
                    && !(child instanceof ChoiceSchemaNode)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    private static @Nullable NormalizedNode below(@Nullable NormalizedNode node, QName child) {
        return node instanceof DataContainerNode container ? container.childByArg(new NodeIdentifier(child)) : null;
    }
}
