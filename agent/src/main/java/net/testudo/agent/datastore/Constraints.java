package net.testudo.agent.datastore;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import net.testudo.agent.xpath.SchemaXPath;
import net.testudo.agent.xpath.YangXPath;
import org.jaxen.JaxenException;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.MustConstraintAware;
import org.opendaylight.yangtools.yang.model.api.MustDefinition;
import org.opendaylight.yangtools.yang.model.api.TypedDataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;

/// The expressions of the configuration nodes of all modules, parsed once.
final class Constraints {
    /// A `must`.
    ///
    /// @param definition what the module says of it
    /// @param expression to be true
    private record Must(MustDefinition definition, YangXPath expression) {}

    private record OfNode(Optional<YangXPath> when, List<Must> musts) {}

    private static final OfNode NONE = new OfNode(Optional.empty(), List.of());

    private final IdentityHashMap<DataSchemaNode, OfNode> byNode = new IdentityHashMap<>();
    private final SchemaXPath xpath;
    private final DataNavigator navigator;

    /// @param reads is told what expressions look at
    /// @throws IllegalStateException if an expression cannot be understood: its module cannot be used
    Constraints(Models models, OutsideReads reads) {
        navigator = new DataNavigator(reads);
        xpath = models.xpath();
        collect(models.context());
    }

    private void collect(DataNodeContainer parent) {
        for (DataSchemaNode node : parent.getChildNodes()) {
            if (!node.effectiveConfig().orElse(true)) {
                continue;
            }
            String namespace = node.getQName().getNamespace().toString();
            Optional<YangXPath> when = node.getWhenCondition().map(condition -> xpath.constraint(condition, namespace));
            List<Must> musts = node instanceof MustConstraintAware constrained
                    ? constrained.getMustConstraints().stream()
                            .map(must -> new Must(must, xpath.constraint(must.getXpath(), namespace)))
                            .toList()
                    : List.of();
            if (when.isPresent() || !musts.isEmpty()) {
                byNode.put(node, new OfNode(when, musts));
            }
            if (node instanceof TypedDataSchemaNode leaf && leaf.getType() instanceof LeafrefTypeDefinition type) {
                xpath.path(type, namespace);
            }
            switch (node) {
                case ChoiceSchemaNode choice -> choice.getCases().forEach(this::collect);
                case DataNodeContainer inner -> collect(inner);
                default -> {}
            }
        }
    }

    private OfNode of(DataNode node) {
        DataSchemaNode schema = node.schema();
        return schema == null ? NONE : byNode.getOrDefault(schema, NONE);
    }

    /// Whether the schema allows `node` where it stands: it has no `when`, or that holds.
    boolean applies(DataNode node) {
        Optional<YangXPath> when = of(node).when;
        return when.isEmpty() || holds(when.get(), node);
    }

    /// Each `must` that does not hold for `node`.
    List<MustDefinition> violated(DataNode node) {
        return of(node).musts.stream()
                .filter(must -> !holds(must.expression, node))
                .map(Must::definition)
                .toList();
    }

    /// Whether `node` has to refer to a leaf that is there, and does not.
    boolean isDangling(DataNode node) {
        boolean required = node.schema() instanceof TypedDataSchemaNode leaf
                && leaf.getType() instanceof LeafrefTypeDefinition reference
                && reference.requireInstance();
        try {
            return required && xpath.deref(navigator, node).isEmpty();
        } catch (JaxenException e) {
            throw broken(e);
        }
    }

    private boolean holds(YangXPath expression, DataNode node) {
        try {
            return expression.holds(navigator, node);
        } catch (JaxenException e) {
            throw broken(e);
        }
    }

    private static IllegalStateException broken(JaxenException e) {
        return new IllegalStateException("a constraint of our modules cannot be evaluated: " + e.getMessage(), e);
    }
}
