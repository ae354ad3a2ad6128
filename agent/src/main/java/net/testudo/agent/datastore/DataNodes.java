package net.testudo.agent.datastore;

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
        DataNode tree = DataNode.root(models.context());
        children(tree, root, models.context());
        return tree;
    }

    private void children(DataNode parent, @Nullable DataContainerNode node, DataNodeContainer schema) {
        for (DataSchemaNode child : schema.getChildNodes()) {
            if (child.effectiveConfig().orElse(true)) {
                NormalizedNode data = node == null ? null : node.childByArg(new NodeIdentifier(child.getQName()));
                fill(parent, data, child);
            }
        }
    }

    private void fill(DataNode parent, @Nullable NormalizedNode data, DataSchemaNode schema) {
        switch (schema) {
            case LeafSchemaNode leaf -> leaf(parent, (LeafNode<?>) data, leaf);
            case LeafListSchemaNode list -> {
                if (data != null) {
                    for (LeafSetEntryNode<?> entry : ((LeafSetNode<?>) data).body()) {
                        parent.addLeaf(list, values.text(entry.body()), false);
                    }
                }
            }
            case ContainerSchemaNode container -> {
                if (data != null || !container.isPresenceContainer()) {
                    children(parent.add(container, container, data == null), (ContainerNode) data, container);
                }
            }
            case ListSchemaNode list -> {
                if (data != null) {
                    for (MapEntryNode entry : ((MapNode) data).body()) {
                        children(parent.add(list, list, false), entry, list);
                    }
                }
            }
            case ChoiceSchemaNode choice -> choice(parent, (ChoiceNode) data, choice);
            default -> throw new IllegalStateException("no such node in our modules: " + schema);
        }
    }

    private void leaf(DataNode parent, @Nullable LeafNode<?> data, LeafSchemaNode schema) {
        if (data != null) {
            parent.addLeaf(schema, values.text(data.body()), false);
            return;
        }
        Optional<? extends Object> standard = schema.getType().getDefaultValue();
        standard.ifPresent(value -> parent.addLeaf(schema, models.xpath().canonicalDefault(schema, value), true));
    }

    private void choice(DataNode parent, @Nullable ChoiceNode data, ChoiceSchemaNode schema) {
        for (CaseSchemaNode chosen : schema.getCases()) {
            boolean used = data != null
                    && chosen.getChildNodes().stream()
                            .anyMatch(child -> data.childByArg(new NodeIdentifier(child.getQName())) != null);
            boolean standard = data == null
                    && schema.getDefaultCase().filter(chosen::equals).isPresent();
            if (used || standard) {
                children(parent, data, chosen);
            }
        }
    }
}
