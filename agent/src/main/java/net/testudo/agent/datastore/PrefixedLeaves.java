package net.testudo.agent.datastore;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.w3c.dom.Element;

/// The leaves whose values have prefixes: paths (node-instance-identifier of RFC 8341), instances and identities. A
/// prefix means something in the message only; what is stored, compared and shown has the names of modules instead.
public final class PrefixedLeaves {
    private static final String TYPE = "node-instance-identifier";
    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

    private final Models models;
    private final Map<String, Set<String>> paths = new HashMap<>();
    private final Map<String, Set<String>> identities = new HashMap<>();
    private final Map<String, Set<String>> instances = new HashMap<>();

    PrefixedLeaves(Models models) {
        this.models = models;
        models.context().getModules().forEach(module -> collect(module));
        for (RpcDefinition rpc : models.context().getOperations()) {
            collect(rpc.getInput());
            collect(rpc.getOutput());
        }
        models.context().getNotifications().forEach(this::collect);
    }

    private void collect(DataNodeContainer parent) {
        for (DataSchemaNode child : parent.getChildNodes()) {
            switch (child) {
                case LeafSchemaNode leaf when isPath(leaf.getType()) -> add(paths, leaf);
                case LeafSchemaNode leaf
                when leaf.getType() instanceof IdentityrefTypeDefinition -> add(identities, leaf);
                case LeafSchemaNode leaf
                when leaf.getType() instanceof InstanceIdentifierTypeDefinition -> add(instances, leaf);
                case ChoiceSchemaNode choice -> choice.getCases().forEach(this::collect);
                case DataNodeContainer inner -> collect(inner);
                default -> {}
            }
        }
    }

    private void add(Map<String, Set<String>> leaves, LeafSchemaNode leaf) {
        leaves.computeIfAbsent(models.moduleName(leaf.getQName()), _ -> new HashSet<>())
                .add(leaf.getQName().getLocalName());
    }

    private static boolean has(Map<String, Set<String>> leaves, String module, String name) {
        Set<String> names = leaves.get(module);
        return names != null && names.contains(name);
    }

    private static boolean isPath(TypeDefinition<?> type) {
        for (TypeDefinition<?> base = type; base != null; base = base.getBaseType()) {
            if (base.getQName().getLocalName().equals(TYPE)) {
                return true;
            }
        }
        return false;
    }

    /// Declares the prefixes in the value of a leaf, which are names of modules, at its element.
    ///
    /// @param module of the leaf
    void declare(Element leaf, String module, String value) {
        if (has(identities, module, leaf.getLocalName())) {
            declare(leaf, value.substring(0, Math.max(0, value.indexOf(':'))));
        } else if (has(paths, module, leaf.getLocalName()) || has(instances, module, leaf.getLocalName())) {
            try {
                NodeInstanceIdentifier.parse(value, prefix -> prefix)
                        .steps()
                        .forEach(step -> declare(leaf, step.module()));
            } catch (IllegalArgumentException _) {
                // Older data may be what is refused today; it is shown as it is.
            }
        }
    }

    private void declare(Element leaf, String module) {
        models.namespace(module).ifPresent(namespace -> leaf.setAttributeNS(XMLNS, "xmlns:" + module, namespace));
    }

    /// Gives all paths in `config` the names of modules as prefixes.
    ///
    /// @throws RpcException if one is no path, or leads to no node of our modules
    public void resolve(Element config) throws RpcException {
        for (Element child : Xml.children(config)) {
            List<Element> inner = Xml.children(child);
            String module =
                    models.moduleOf(String.valueOf(child.getNamespaceURI())).orElse("");
            if (!inner.isEmpty()) {
                resolve(child);
            } else if (has(paths, module, child.getLocalName())
                    && !Xml.text(child).isEmpty()) {
                String text = Xml.text(child);
                try {
                    NodeInstanceIdentifier path = NodeInstanceIdentifier.parse(text, prefix -> module(child, prefix));
                    demandNodes(path);
                    child.setTextContent(path.text());
                } catch (IllegalArgumentException e) {
                    throw new RpcException(RpcError.application(
                                    "invalid-value", "", "", "in <" + child.getLocalName() + ">: " + e.getMessage())
                            .withInfo("bad-element", child.getLocalName()));
                }
            }
        }
    }

    /// The identity that `leaf` names, with the name of its module as prefix.
    ///
    /// @throws RpcException if its prefix is none of a module
    public String identity(Element leaf) throws RpcException {
        String text = Xml.text(leaf);
        int colon = text.indexOf(':');
        try {
            return module(leaf, colon < 0 ? null : text.substring(0, colon)) + ":" + text.substring(colon + 1);
        } catch (IllegalArgumentException e) {
            throw new RpcException(
                    RpcError.protocol("invalid-value", "in <" + leaf.getLocalName() + ">: " + e.getMessage())
                            .withInfo("bad-element", leaf.getLocalName()));
        }
    }

    private String module(Element at, @Nullable String prefix) {
        String namespace = at.lookupNamespaceURI(prefix);
        if (namespace == null && prefix != null && models.namespace(prefix).isPresent()) {
            return prefix;
        }
        return models.moduleOf(String.valueOf(namespace))
                .orElseThrow(() -> new IllegalArgumentException("the prefix '" + prefix
                        + "' is neither declared for a namespace of our modules nor the name of a module"));
    }

    private void demandNodes(NodeInstanceIdentifier path) {
        DataNodeContainer parent = models.context();
        for (NodeInstanceIdentifier.Step step : path.steps()) {
            QName name = models.qualify(step.module(), step.name()).orElseThrow();
            DataSchemaNode node =
                    parent == null ? null : parent.findDataTreeChild(name).orElse(null);
            if (node == null) {
                throw new IllegalArgumentException("there is no node " + step.module() + ":" + step.name() + " there");
            }
            demandKeys(step, node);
            parent = node instanceof DataNodeContainer container ? container : null;
        }
    }

    private static void demandKeys(NodeInstanceIdentifier.Step step, DataSchemaNode node) {
        for (NodeInstanceIdentifier.Predicate predicate : step.predicates()) {
            boolean known = node instanceof ListSchemaNode list
                    ? list.getKeyDefinition().stream()
                            .anyMatch(key -> key.getLocalName().equals(predicate.name()))
                    : predicate.name().equals(".");
            if (!known) {
                throw new IllegalArgumentException(step.name() + " has no key '" + predicate.name() + "'");
            }
        }
    }
}
