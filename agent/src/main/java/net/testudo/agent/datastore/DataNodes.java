package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// Makes the tree that XPath sees out of a NormalizedNode.
final class DataNodes {
    private final Models models;
    private final Values values;

    DataNodes(Models models) {
        this.models = models;
        values = new Values(models);
    }

    /// The tree of the configuration `root`.
    DataNode of(ContainerNode root) {
        return DataNode.root(this, models.context(), root);
    }

    /// The children of an inner node.
    List<DataNode> childrenOf(DataNode parent) {
        List<DataNode> children = new ArrayList<>();
        addAll(parent, (DataContainerNode) parent.data(), parent.container(), children);
        return children;
    }

    private void addAll(
            DataNode parent, @Nullable DataContainerNode node, DataNodeContainer schema, List<DataNode> children) {
        for (DataSchemaNode child : schema.getChildNodes()) {
            if (child.effectiveConfig().orElse(true)) {
                NormalizedNode data = node == null ? null : node.childByArg(new NodeIdentifier(child.getQName()));
                add(parent, data, child, children);
            }
        }
    }

    private void add(DataNode parent, @Nullable NormalizedNode data, DataSchemaNode schema, List<DataNode> children) {
        switch (schema) {
            case LeafSchemaNode leaf -> addLeaf(parent, (LeafNode<?>) data, leaf, children);
            case LeafListSchemaNode list -> {
                if (data != null) {
                    for (LeafSetEntryNode<?> entry : ((LeafSetNode<?>) data).body()) {
                        children.add(parent.leaf(list, values.text(entry.body()), entry, children.size()));
                    }
                }
            }
            case ContainerSchemaNode container -> {
                if (data != null || !container.isPresenceContainer()) {
                    children.add(parent.inner(container, data, children.size()));
                }
            }
            case ListSchemaNode list -> {
                if (data != null) {
                    for (MapEntryNode entry : ((MapNode) data).body()) {
                        children.add(parent.inner(list, entry, children.size()));
                    }
                }
            }
            case ChoiceSchemaNode choice -> addChoice(parent, (ChoiceNode) data, choice, children);
            default -> throw new IllegalStateException("no such node in our modules: " + schema);
        }
    }

    private void addLeaf(DataNode parent, @Nullable LeafNode<?> data, LeafSchemaNode schema, List<DataNode> children) {
        if (data != null) {
            children.add(parent.leaf(schema, values.text(data.body()), data, children.size()));
            return;
        }
        Optional<? extends Object> standard = schema.getType().getDefaultValue();
        standard.ifPresent(value -> children.add(
                parent.leaf(schema, models.xpath().canonicalDefault(schema, value), null, children.size())));
    }

    private void addChoice(
            DataNode parent, @Nullable ChoiceNode data, ChoiceSchemaNode schema, List<DataNode> children) {
        for (CaseSchemaNode chosen : schema.getCases()) {
            boolean used = data != null
                    && chosen.getChildNodes().stream()
                            .anyMatch(child -> data.childByArg(new NodeIdentifier(child.getQName())) != null);
            boolean standard = data == null
                    && schema.getDefaultCase().filter(chosen::equals).isPresent();
            if (used || standard) {
                addAll(parent, data, chosen, children);
            }
        }
    }
}
