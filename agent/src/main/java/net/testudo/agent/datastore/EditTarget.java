package net.testudo.agent.datastore;

import java.util.LinkedHashMap;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;
import org.w3c.dom.Element;

/// The place in the datastore that an element of an edit-config names.
///
/// @param context where the element stands in yangtools' tree
/// @param stack stands at its schema node
/// @param list the path of the list or leaf-list as a whole, or [#path] for other nodes
/// @param path of the node
/// @param schema of the node
record EditTarget(
        DataSchemaContext context,
        SchemaInferenceStack stack,
        YangInstanceIdentifier list,
        YangInstanceIdentifier path,
        DataSchemaNode schema) {

    /// The top of the datastore.
    static EditTarget root(Models models) {
        return new EditTarget(
                models.tree().getRoot(),
                SchemaInferenceStack.of(models.context()),
                YangInstanceIdentifier.of(),
                YangInstanceIdentifier.of(),
                models.tree().getRoot().dataSchemaNode());
    }

    /// The place of the child `element`, which a client may configure.
    EditTarget child(Models models, ElementParser parser, Element element) throws RpcException {
        EditTarget child = any(models, parser, element);
        if (models.isInternal(child.schema)) {
            throw unknown(models, element, "this is the server's own, it cannot be configured");
        }
        return child;
    }

    /// The place of the child `element`, which may be the server's own.
    EditTarget any(Models models, ElementParser parser, Element element) throws RpcException {
        EditTarget whole = whole(models, element);
        if (!whole.isList()) {
            return whole;
        }
        return whole.entry(argument(models, parser, element, whole.schema, whole.stack));
    }

    /// The place of the child of this name that is there.
    ///
    /// @param entry its name, with keys or value if it is an entry of a list or leaf-list
    EditTarget at(Models models, String namespace, String name, PathArgument entry) throws RpcException {
        EditTarget whole = whole(models, Xml.root(namespace, name));
        return whole.isList() ? whole.entry(entry) : whole;
    }

    private EditTarget entry(PathArgument entry) {
        return new EditTarget(context, stack, path, path.node(entry), schema);
    }

    boolean isList() {
        return schema instanceof ListSchemaNode || schema instanceof LeafListSchemaNode;
    }

    /// The same, of a list or leaf-list as a whole.
    EditTarget whole(Models models, Element element) throws RpcException {
        QName name = name(models, element);
        SchemaInferenceStack below = stack.copy();
        DataSchemaContext child =
                context instanceof DataSchemaContext.Composite composite ? composite.enterChild(below, name) : null;
        if (child == null) {
            throw unknown(models, element, "there is no such node");
        }
        YangInstanceIdentifier whole = path;
        while (child instanceof DataSchemaContext.PathMixin mixin) {
            whole = whole.node(mixin.mixinPathStep());
            child = mixin.enterChild(below, name);
            if (child == null) {
                throw unknown(models, element, "there is no such node");
            }
        }
        DataSchemaNode node = child.dataSchemaNode();
        if (!node.effectiveConfig().orElse(true)) {
            throw unknown(models, element, "this is state, it cannot be configured");
        }
        if (!(node instanceof ListSchemaNode || node instanceof LeafListSchemaNode)) {
            whole = whole.node(new NodeIdentifier(node.getQName()));
        }
        return new EditTarget(child, below, whole, whole, node);
    }

    private static QName name(Models models, Element element) throws RpcException {
        String namespace = element.getNamespaceURI() == null ? "" : element.getNamespaceURI();
        return models.moduleOf(namespace)
                .flatMap(module -> models.qualify(module, element.getLocalName()))
                .orElseThrow(() -> new RpcException(
                        RpcError.protocol("unknown-namespace", "no module has the namespace '" + namespace + "'")
                                .withInfo("bad-element", element.getLocalName())
                                .withInfo("bad-namespace", namespace)));
    }

    private RpcException unknown(Models models, Element element, String message) {
        return new RpcException(
                new RpcError("protocol", "unknown-element", "", InstancePath.of(models, path), message, Map.of())
                        .withInfo("bad-element", element.getLocalName()));
    }

    private PathArgument argument(
            Models models, ElementParser parser, Element element, DataSchemaNode node, SchemaInferenceStack at)
            throws RpcException {
        if (node instanceof LeafListSchemaNode) {
            LeafSetNode<?> set = (LeafSetNode<?>) parser.parse(at, element, InstancePath.of(models, path));
            return set.body().iterator().next().name();
        }
        ListSchemaNode list = (ListSchemaNode) node;
        Map<QName, Object> keys = new LinkedHashMap<>();
        for (QName key : list.getKeyDefinition()) {
            Element leaf = Xml.child(element, key.getLocalName())
                    .orElseThrow(() -> new RpcException(new RpcError(
                                    "protocol",
                                    "missing-element",
                                    "",
                                    InstancePath.of(models, path),
                                    "the key '" + key.getLocalName() + "' of the list entry is missing",
                                    Map.of())
                            .withInfo("bad-element", key.getLocalName())));
            SchemaInferenceStack keyAt = at.copy();
            keyAt.enterDataTree(key);
            keys.put(key, ((LeafNode<?>) parser.parse(keyAt, leaf, InstancePath.of(models, path))).body());
        }
        return NodeIdentifierWithPredicates.of(node.getQName(), keys);
    }
}
