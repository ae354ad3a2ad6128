package net.testudo.agent.xpath;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.testudo.agent.xpath.YangNavigator.Name;
import org.jaxen.JaxenException;
import org.jaxen.function.StringFunction;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;

/// The expressions of a schema, and expressions over its data. May be used by several threads.
public final class SchemaXPath {
    private final Identities identities;
    private final LeafTypes types;
    private final WrittenExpressions written;
    private final YangFunctions functions = new YangFunctions(this);
    private final Map<String, String> namespaces = new HashMap<>();

    /// @param context the schema
    public SchemaXPath(EffectiveModelContext context) {
        identities = new Identities(context);
        types = new LeafTypes(context);
        written = new WrittenExpressions(context);
        for (Module module : context.getModules()) {
            namespaces.put(module.getName(), module.getNamespace().toString());
        }
    }

    /// Parses an expression that is in no module.
    ///
    /// @throws JaxenException with what is wrong, for people
    public YangXPath parse(String text, Scope scope) throws JaxenException {
        return YangXPath.parse(text, scope, functions);
    }

    /// A `must` or `when` of the schema.
    ///
    /// @param namespace of the node for which it is evaluated
    /// @throws IllegalStateException if it cannot be understood: its module cannot be used
    public YangXPath constraint(YangXPathExpression expression, String namespace) {
        return parsed(written.of(expression), expression.toString(), namespace);
    }

    /// The path of a reference.
    ///
    /// @param namespace of the leaf that refers
    /// @throws IllegalStateException if it cannot be understood: its module cannot be used
    public YangXPath path(LeafrefTypeDefinition reference, String namespace) {
        return parsed(written.of(reference), reference.getPathStatement().getOriginalString(), namespace);
    }

    private YangXPath parsed(WrittenExpressions.Written expression, String text, String namespace) {
        return expression.parsed().computeIfAbsent(namespace, _ -> {
            try {
                return parse(text, expression.scope(namespace));
            } catch (JaxenException e) {
                throw new IllegalStateException("the expression '" + text + "': " + e.getMessage(), e);
            }
        });
    }

    /// The nodes to which `node` refers, if it is a reference or has an instance-identifier (RFC 7950
    /// §10.3.1).
    public List<?> deref(YangNavigator tree, Object node) throws JaxenException {
        List<Name> path = tree.path(node);
        LeafType type = type(path);
        String value = StringFunction.evaluate(node, tree);
        for (LeafrefTypeDefinition reference : type.references()) {
            List<Object> targets = new ArrayList<>();
            for (Object target : path(reference, path.getLast().namespace()).select(tree, node)) {
                if (StringFunction.evaluate(target, tree).equals(value)) {
                    targets.add(target);
                }
            }
            if (!targets.isEmpty()) {
                return targets;
            }
        }
        return type.instances() && value.startsWith("/") ? instance(value).select(tree, node) : List.of();
    }

    /// A value, which has the names of modules as prefixes, is an expression as well.
    private YangXPath instance(String value) throws JaxenException {
        return parse(value, Scope.ofPrefixes(module -> Optional.ofNullable(namespaces.get(module))));
    }

    /// The default `value` of `leaf` as canonical text: the prefix of an identity means something in its
    /// module only.
    public String canonicalDefault(LeafSchemaNode leaf, Object value) {
        String text = value.toString();
        if (LeafTypes.members(leaf.getType()).stream().noneMatch(IdentityrefTypeDefinition.class::isInstance)) {
            return text;
        }
        return written.ofDefault(leaf)
                .flatMap(where -> identities.canonical(text, where.scope(where.namespace())))
                .orElse(text);
    }

    /// The identity that is the value of `node`, if it can be one.
    Optional<IdentitySchemaNode> identity(YangNavigator tree, Object node) {
        List<Name> path = tree.path(node);
        return type(path).isIdentity()
                ? identities.ofValue(
                        StringFunction.evaluate(node, tree), path.getLast().namespace())
                : Optional.empty();
    }

    LeafType type(List<Name> path) {
        return types.of(path);
    }

    Identities identities() {
        return identities;
    }
}
