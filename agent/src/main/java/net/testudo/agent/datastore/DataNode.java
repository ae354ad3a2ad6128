package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// A node of the tree that XPath sees (RFC 7950 §6.4.1): what is configured, with defaults and empty containers
/// filled in, and without the levels that only exist in yangtools (choices, lists as a whole).
final class DataNode {
    private final @Nullable DataNode parent;
    private final DataNodeContainer container;
    private final @Nullable DataSchemaNode schema;
    private final String value;
    private final boolean defaulted;
    private final AtomicInteger count;
    private final int ordinal;
    private final List<DataNode> children = new ArrayList<>();
    private final @Nullable Text text;
    private Map<String, List<DataNode>> byName = Map.of();

    /// The text of a leaf, as XPath sees it.
    ///
    /// @param leaf that has it
    record Text(DataNode leaf) {}

    private DataNode(
            @Nullable DataNode parent,
            DataNodeContainer container,
            @Nullable DataSchemaNode schema,
            String value,
            boolean defaulted) {
        this.parent = parent;
        this.container = container;
        this.schema = schema;
        this.value = value;
        this.defaulted = defaulted;
        count = parent == null ? new AtomicInteger() : parent.count;
        ordinal = count.getAndIncrement();
        text = value.isEmpty() ? null : new Text(this);
    }

    /// The root of a tree over the schema `container`.
    static DataNode root(DataNodeContainer container) {
        return new DataNode(null, container, null, "", false);
    }

    /// Adds an inner node.
    DataNode add(DataSchemaNode inner, DataNodeContainer innerContainer, boolean absent) {
        DataNode child = new DataNode(this, innerContainer, inner, "", absent);
        join(child);
        return child;
    }

    /// Adds a leaf or an entry of a leaf-list.
    void addLeaf(DataSchemaNode leaf, String text, boolean absent) {
        join(new DataNode(this, container, leaf, text, absent));
    }

    private void join(DataNode child) {
        children.add(child);
        byName = Map.of();
    }

    /// A leaf that is not there, in the place where it would be (RFC 7950 §7.21.5).
    DataNode absent(DataSchemaNode leaf) {
        return new DataNode(this, container, leaf, "", true);
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

    List<DataNode> children() {
        return children;
    }

    /// The children with this name, of any module.
    List<DataNode> children(String name) {
        if (byName.isEmpty() && !children.isEmpty()) {
            byName = children.stream().collect(Collectors.groupingBy(DataNode::name));
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
        return defaulted;
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
        return children.isEmpty()
                ? value
                : children.stream().map(DataNode::stringValue).collect(Collectors.joining());
    }

    /// Its place in the order of the document.
    int ordinal() {
        return ordinal;
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
