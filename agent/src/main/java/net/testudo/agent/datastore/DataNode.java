package net.testudo.agent.datastore;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// A node of the tree that XPath sees (RFC 7950 §6.4.1): what is configured, with defaults and empty containers
/// filled in, and without the levels that only exist in yangtools (choices, lists as a whole). Children are made when
/// they are asked for. Not thread-safe.
final class DataNode {
    private final @Nullable DataNode parent;
    private final DataNodes maker;
    private final DataNodeContainer container;
    private final @Nullable DataSchemaNode schema;
    private final @Nullable NormalizedNode data;
    private final String value;
    private final int place;
    private final @Nullable Text text;
    private @Nullable List<DataNode> children;
    private Map<String, List<DataNode>> byName = Map.of();

    /// The text of a leaf, as XPath sees it.
    ///
    /// @param leaf that has it
    record Text(DataNode leaf) {}

    private DataNode(
            @Nullable DataNode parent,
            DataNodes maker,
            DataNodeContainer container,
            @Nullable DataSchemaNode schema,
            @Nullable NormalizedNode data,
            String value,
            int place) {
        this.parent = parent;
        this.maker = maker;
        this.container = container;
        this.schema = schema;
        this.data = data;
        this.value = value;
        this.place = place;
        text = value.isEmpty() ? null : new Text(this);
    }

    /// The root of a tree over the schema `container`.
    static DataNode root(DataNodes maker, DataNodeContainer container, ContainerNode data) {
        return new DataNode(null, maker, container, null, data, "", 0);
    }

    /// An inner node below this one.
    ///
    /// @param innerData what is configured of it, null if it stands for an absent container
    /// @param at its place among its siblings
    <S extends DataSchemaNode & DataNodeContainer> DataNode inner(S inner, @Nullable NormalizedNode innerData, int at) {
        return new DataNode(this, maker, inner, inner, innerData, "", at);
    }

    /// A leaf or an entry of a leaf-list below this node.
    ///
    /// @param leafData what is configured of it, null if its default is in use
    /// @param at its place among its siblings
    DataNode leaf(DataSchemaNode leaf, String leafText, @Nullable NormalizedNode leafData, int at) {
        DataNode made = new DataNode(this, maker, container, leaf, leafData, leafText, at);
        made.children = List.of();
        return made;
    }

    /// A leaf that is not there, in the place where it would be (RFC 7950 §7.21.5).
    DataNode absent(DataSchemaNode leaf) {
        return leaf(leaf, "", null, children().size());
    }

    /// The parent, or null at the root.
    @Nullable
    DataNode parent() {
        return parent;
    }

    DataNode root() {
        DataNode node = this;
        while (node.parent != null) {
            node = node.parent;
        }
        return node;
    }

    /// The schema of this node, null at the root.
    @Nullable
    DataSchemaNode schema() {
        return schema;
    }

    /// The schema in which this node's children are.
    DataNodeContainer container() {
        return container;
    }

    /// What is configured here: of the root and inner nodes what they hold, of leaves their value; null where nobody
    /// configured anything.
    @Nullable
    NormalizedNode data() {
        return data;
    }

    List<DataNode> children() {
        List<DataNode> made = children;
        if (made == null) {
            made = maker.childrenOf(this);
            children = made;
        }
        return made;
    }

    /// The children with this name, of any module.
    List<DataNode> children(String name) {
        if (byName.isEmpty() && !children().isEmpty()) {
            byName = children().stream().collect(Collectors.groupingBy(DataNode::name));
        }
        return byName.getOrDefault(name, List.of());
    }

    /// The children with this name.
    List<DataNode> children(QName name) {
        return children(name.getLocalName()).stream()
                .filter(child -> child.schema != null && child.schema.getQName().equals(name))
                .toList();
    }

    /// Whether the node stands for a default value or an absent container.
    boolean defaulted() {
        return data == null;
    }

    /// The value of a leaf; empty for inner nodes.
    String value() {
        return value;
    }

    /// The text of a leaf that has one.
    @Nullable
    Text text() {
        return text;
    }

    /// The string value (XPath 1.0 §5.2).
    String stringValue() {
        return children().isEmpty()
                ? value
                : children().stream().map(DataNode::stringValue).collect(Collectors.joining());
    }

    /// Before or behind another node of the tree, in the order of the document.
    static int compare(DataNode one, DataNode other) {
        int levels = one.depth() - other.depth();
        DataNode left = one;
        DataNode right = other;
        for (int i = 0; i < levels; i++) {
            left = left.above();
        }
        for (int i = 0; i < -levels; i++) {
            right = right.above();
        }
        if (left.isSame(right)) {
            return levels;
        }
        while (!left.above().isSame(right.above())) {
            left = left.above();
            right = right.above();
        }
        return Integer.compare(left.place, right.place);
    }

    private DataNode above() {
        return parent == null ? this : parent;
    }

    private int depth() {
        int depth = 0;
        for (DataNode node = this; node.parent != null; node = node.parent) {
            depth++;
        }
        return depth;
    }

    @SuppressWarnings("ReferenceEquality") // each node of a tree is one object
    private boolean isSame(DataNode other) {
        return this == other;
    }

    /// The name without the namespace; empty at the root.
    String name() {
        return schema == null ? "" : schema.getQName().getLocalName();
    }

    /// The namespace of its module; empty at the root.
    String namespace() {
        return schema == null ? "" : schema.getQName().getNamespace().toString();
    }

    /// The path as error-path shows it.
    String path(Models models) {
        if (parent == null || schema == null) {
            return "";
        }
        String module = models.moduleName(schema.getQName());
        StringBuilder text = new StringBuilder(parent.path(models));
        text.append('/').append(module).append(':').append(schema.getQName().getLocalName());
        if (schema instanceof ListSchemaNode list) {
            for (QName key : list.getKeyDefinition()) {
                for (DataNode leaf : children(key)) {
                    text.append(InstancePath.predicate(module + ":" + key.getLocalName(), leaf.value));
                }
            }
        } else if (schema instanceof org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode) {
            text.append(InstancePath.predicate(".", value));
        }
        return text.toString();
    }
}
