package net.testudo.agent.datastore;

import java.util.Objects;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.w3c.dom.Element;

/// Writes elements into a DataTree.
final class NodeWriter {
    private final Models models;
    private final TreeEdit tree;
    private final ElementParser parser;

    NodeWriter(Models models, TreeEdit tree) {
        this.models = models;
        this.tree = tree;
        parser = new ElementParser(models);
    }

    /// Puts `element` in the place of what is at `target`; an entry of a list that is there keeps its place in the
    /// order.
    void write(EditTarget target, Element element) throws RpcException {
        NormalizedNode parsed = parser.parse(target.stack(), element, InstancePath.of(models, target.path()));
        NormalizedNode node = switch (parsed) {
            case MapNode map ->
                map.childByArg((NodeIdentifierWithPredicates) target.path().getLastPathArgument());
            case LeafSetNode<?> set -> set.body().iterator().next();
            default -> parsed;
        };
        makeList(target);
        tree.write(target.path(), Objects.requireNonNull(node));
    }

    /// Makes the list or leaf-list in which `target` is an entry.
    void makeList(EditTarget target) {
        if (target.list().equals(target.path())) {
            return;
        }
        NodeIdentifier name = new NodeIdentifier(target.schema().getQName());
        NormalizedNode list = switch (target.schema()) {
            case ListSchemaNode map
            when map.isUserOrdered() ->
                ImmutableNodes.newUserMapBuilder().withNodeIdentifier(name).build();
            case ListSchemaNode _ ->
                ImmutableNodes.newSystemMapBuilder().withNodeIdentifier(name).build();
            case LeafListSchemaNode set
            when set.isUserOrdered() ->
                ImmutableNodes.newUserLeafSetBuilder().withNodeIdentifier(name).build();
            default ->
                ImmutableNodes.newSystemLeafSetBuilder()
                        .withNodeIdentifier(name)
                        .build();
        };
        tree.makeList(target.list(), list);
    }
}
