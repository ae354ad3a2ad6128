package net.testudo.agent.datastore;

import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;

/// Puts secrets back that a replace took away only because the client cannot read them (decision 2 in
/// yang/README.md). A secret goes with the list entry that holds it, or when the edit names it.
final class SecretKeeper {
    private final Models models;
    private final TreeEdit tree;

    SecretKeeper(Models models, TreeEdit tree) {
        this.models = models;
        this.tree = tree;
    }

    /// Puts back what is secret in `before`, the former node at `path`, as far as its place still exists.
    void restore(YangInstanceIdentifier path, NormalizedNode before) {
        DataSchemaContext context = models.tree().childByPath(path);
        if (context != null && models.isSecret(context.dataSchemaNode())) {
            keep(path, before);
            return;
        }
        switch (before) {
            case MapNode list -> {
                for (MapEntryNode entry : list.body()) {
                    YangInstanceIdentifier at = path.node(entry.name());
                    if (tree.exists(at)) {
                        children(at, entry);
                    }
                }
            }
            case DataContainerNode container -> children(path, container);
            default -> {}
        }
    }

    private void children(YangInstanceIdentifier path, DataContainerNode parent) {
        for (NormalizedNode child : parent.body()) {
            restore(path.node(child.name()), child);
        }
    }

    private void keep(YangInstanceIdentifier path, NormalizedNode secret) {
        if (secret instanceof MapNode list && tree.exists(path)) {
            for (MapEntryNode entry : list.body()) {
                put(path.node(entry.name()), entry);
            }
        } else if (secret instanceof ContainerNode container) {
            children(path, container);
        } else {
            put(path, secret);
        }
    }

    private void put(YangInstanceIdentifier path, NormalizedNode secret) {
        if (!tree.exists(path)) {
            tree.write(path, secret);
        }
    }
}
