package net.testudo.agent.datastore;

import java.util.Optional;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.w3c.dom.Element;

/// What the modules say of a data node, for who walks a tree of elements that [CanonicalXml] made.
public final class DataSchema {
    private final Models models;
    private final Optional<DataSchemaNode> node;

    private DataSchema(Models models, Optional<DataSchemaNode> node) {
        this.models = models;
        this.node = node;
    }

    /// Above all nodes.
    public static DataSchema root(Models models) {
        return new DataSchema(models, Optional.empty());
    }

    /// The node of `child`, an element right below one of this node.
    public DataSchema child(Element child) {
        DataNodeContainer parent = node.isEmpty() ? models.context() : (DataNodeContainer) node.get();
        return new DataSchema(
                models,
                Optional.of(models.qualify(module(child), child.getLocalName())
                        .flatMap(parent::findDataTreeChild)
                        .orElseThrow(() -> new IllegalArgumentException("no such node: " + child.getLocalName()))));
    }

    /// The name of the module of an element.
    public String module(Element element) {
        return models.moduleOf(element.getNamespaceURI()).orElseThrow();
    }

    /// Whether it is a leaf.
    public boolean isLeaf() {
        return node.filter(LeafSchemaNode.class::isInstance).isPresent();
    }

    /// Whether it is a leaf-list.
    public boolean isLeafList() {
        return node.filter(LeafListSchemaNode.class::isInstance).isPresent();
    }

    /// Whether it is configuration.
    public boolean isConfiguration() {
        return node.flatMap(DataSchemaNode::effectiveConfig).orElse(true);
    }

    /// Whether its entries stand in the order that somebody gave them; no state does (RFC 7950 §7.7.7).
    public boolean isOrdered() {
        return isConfiguration()
                && node.filter(schema -> switch (schema) {
                            case ListSchemaNode list -> list.isUserOrdered();
                            case LeafListSchemaNode list -> list.isUserOrdered();
                            default -> false;
                        })
                        .isPresent();
    }
}
