package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/// One edit-config (RFC 6241 §7.2) applied to a tree. If it throws, the edit is to be
/// thrown away, so that an edit is done as a whole or not at all; unless the client wants the rest of it to be done.
final class EditConfig {
    private static final String YANG = "urn:ietf:params:xml:ns:yang:1";

    private final Models models;
    private final TreeEdit tree;
    private final ElementParser parser;
    private final NodeWriter writer;
    private final SecretKeeper keeper;
    private final TaggedDefault tagged;
    private final OnError onError;
    private final ChangeGuard guard;
    private final List<RpcError> errors = new ArrayList<>();

    EditConfig(Models models, TreeEdit tree, OnError onError, ChangeGuard guard) {
        this.onError = onError;
        this.guard = guard;
        this.models = models;
        this.tree = tree;
        parser = new ElementParser(models);
        writer = new NodeWriter(models, tree);
        keeper = new SecretKeeper(models, tree);
        tagged = new TaggedDefault(models, parser);
    }

    /// Applies `config`.
    ///
    /// @param config the element `config`
    /// @param standard the default operation
    /// @return what was refused, if the rest is done all the same
    List<RpcError> apply(Element config, EditOperation standard) throws RpcException {
        EditTarget root = EditTarget.root(models);
        if (standard == EditOperation.REPLACE) {
            clearUnmentioned(config);
        }
        for (Element element : Xml.children(config)) {
            editOne(root, element, standard);
        }
        return errors;
    }

    private void editOne(EditTarget parent, Element element, EditOperation inherited) throws RpcException {
        try {
            edit(parent, element, inherited);
        } catch (RpcException e) {
            if (onError == OnError.REFUSE_ALL) {
                throw e;
            }
            errors.addAll(e.errors());
        }
    }

    /// A default operation of replace replaces the whole datastore, also what the request does not mention.
    private void clearUnmentioned(Element config) {
        Set<String> mentioned =
                Xml.children(config).stream().map(EditConfig::id).collect(Collectors.toSet());
        if (tree.read(YangInstanceIdentifier.of()).orElse(null) instanceof ContainerNode all) {
            for (NormalizedNode top : all.body()) {
                QName name = top.name().getNodeType();
                if (!mentioned.contains(name.getNamespace() + " " + name.getLocalName())) {
                    YangInstanceIdentifier path = YangInstanceIdentifier.of(top.name());
                    tree.delete(path);
                    keeper.restore(path, top);
                }
            }
        }
    }

    private static String id(Element element) {
        return element.getNamespaceURI() + " " + element.getLocalName();
    }

    private void edit(EditTarget parent, Element element, EditOperation inherited) throws RpcException {
        EditTarget target = parent.child(models, parser, element);
        EditOperation operation = EditOperation.of(element, inherited);
        demandRight(operation, target);
        boolean exists = tree.exists(target.path());
        if (TaggedDefault.isTagged(element)) {
            tagged.demand(target, element, operation);
            if (operation == EditOperation.CREATE && exists) {
                throw exists(target);
            }
            tree.delete(target.path());
            return;
        }
        switch (operation) {
            case DELETE, REMOVE -> {
                if (operation == EditOperation.DELETE && !exists) {
                    throw missing(target);
                }
                tree.delete(target.path());
            }
            case CREATE, REPLACE -> {
                if (operation == EditOperation.CREATE && exists) {
                    throw exists(target);
                }
                replace(target, element);
                order(target, element);
            }
            case MERGE, NONE -> {
                if (operation == EditOperation.MERGE && !exists && writeAtOnce(target, element)) {
                    order(target, element);
                    return;
                }
                if (target.schema() instanceof ContainerSchemaNode || target.schema() instanceof ListSchemaNode) {
                    enter(target, operation, exists);
                    order(target, element);
                    for (Element child : Xml.children(element)) {
                        if (!isKey(target, child)) {
                            editOne(target, child, operation);
                        }
                    }
                } else if (operation == EditOperation.MERGE) {
                    write(target, element);
                    order(target, element);
                }
            }
        }
    }

    /// Who may not make or remove a node is not told whether it is there either.
    private void demandRight(EditOperation operation, EditTarget target) throws RpcException {
        switch (operation) {
            case CREATE -> guard.check(ChangeGuard.Kind.CREATE, NodePath.of(models, target.path()));
            case DELETE, REMOVE -> guard.check(ChangeGuard.Kind.DELETE, NodePath.of(models, target.path()));
            default -> {}
        }
    }

    /// Most new entries of lists are all there at once and without operations of their own. What is wrong with one is
    /// found out leaf by leaf.
    private boolean writeAtOnce(EditTarget target, Element element) {
        if (onError != OnError.REFUSE_ALL || !(target.schema() instanceof ListSchemaNode)) {
            return false;
        }
        try {
            if (!isPlain(target, element)) {
                return false;
            }
            writer.write(target, element);
            return true;
        } catch (RpcException _) {
            return false;
        }
    }

    /// Whether nothing in `element` says how it is to be edited, and there are no choices, of which the last case wins.
    ///
    /// @throws RpcException if a client may not configure what is in it
    private boolean isPlain(EditTarget target, Element element) throws RpcException {
        if (target.schema() instanceof DataNodeContainer container
                && container.getChildNodes().stream().anyMatch(ChoiceSchemaNode.class::isInstance)) {
            return false;
        }
        for (Element child : Xml.children(element)) {
            EditTarget inner = target.child(models, parser, child);
            if (hasOperation(child) || !isPlain(inner, child)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasOperation(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String namespace = attributes.item(i).getNamespaceURI();
            if (namespace != null && !namespace.equals(XMLConstants.XMLNS_ATTRIBUTE_NS_URI)) {
                return true;
            }
        }
        return false;
    }

    private void enter(EditTarget target, EditOperation operation, boolean exists) throws RpcException {
        if (operation == EditOperation.NONE) {
            if (!exists && target.schema() instanceof ListSchemaNode) {
                throw missing(target);
            }
            return;
        }
        if (!exists) {
            writer.makeList(target);
            tree.merge(target.path(), empty(target));
        }
    }

    private static NormalizedNode empty(EditTarget target) {
        if (target.path().getLastPathArgument() instanceof NodeIdentifierWithPredicates keys) {
            MapEntryNode.Builder entry = ImmutableNodes.newMapEntryBuilder();
            entry.withNodeIdentifier(keys);
            keys.entrySet().forEach(key -> entry.withChild(ImmutableNodes.leafNode(key.getKey(), key.getValue())));
            return entry.build();
        }
        ContainerNode.Builder container = ImmutableNodes.newContainerBuilder();
        container.withNodeIdentifier(new NodeIdentifier(target.schema().getQName()));
        return container.build();
    }

    private void replace(EditTarget target, Element element) throws RpcException {
        NormalizedNode before = tree.read(target.path()).orElse(null);
        write(target, element);
        if (before != null && !models.isSecret(target.schema())) {
            keeper.restore(target.path(), before);
        }
    }

    private void write(EditTarget target, Element element) throws RpcException {
        tagged.dropFrom(target, element);
        strip(element);
        writer.write(target, element);
    }

    /// Moves an entry of a list that the operator orders to where the attribute `insert` says (RFC 7950 §7.8.6).
    private void order(EditTarget target, Element element) throws RpcException {
        boolean ordered = (target.schema() instanceof ListSchemaNode list && list.isUserOrdered())
                || (target.schema() instanceof LeafListSchemaNode leaves && leaves.isUserOrdered());
        String insert = element.getAttributeNS(YANG, "insert");
        if (ordered && !insert.isEmpty()) {
            new Insertion(models, tree).place(target, element, insert);
        }
    }

    private static boolean isKey(EditTarget target, Element child) {
        return target.schema() instanceof ListSchemaNode list
                && list.getKeyDefinition().stream()
                        .anyMatch(key -> key.getLocalName().equals(child.getLocalName()));
    }

    /// Takes the attributes of NETCONF away: the parser knows only those of the schema.
    private static void strip(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = attributes.getLength() - 1; i >= 0; i--) {
            String namespace = attributes.item(i).getNamespaceURI();
            if (Xml.BASE.equals(namespace) || DefaultsMode.TAG_NAMESPACE.equals(namespace)) {
                element.removeAttributeNS(namespace, attributes.item(i).getLocalName());
            }
        }
        Xml.children(element).forEach(EditConfig::strip);
    }

    private RpcException missing(EditTarget target) {
        return refused(target, "data-missing", "it does not exist");
    }

    private RpcException exists(EditTarget target) {
        return refused(target, "data-exists", "it exists already");
    }

    private RpcException refused(EditTarget target, String tag, String message) {
        return new RpcException(
                new RpcError("application", tag, "", InstancePath.of(models, target.path()), message, Map.of()));
    }
}
