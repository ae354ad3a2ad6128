package net.testudo.agent.xpath;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.testudo.agent.xpath.YangNavigator.Name;
import org.jaxen.FunctionCallException;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;

/// The identities of a schema, and what is derived from what (RFC 7950 §7.18).
final class Identities {
    private final Map<Name, IdentitySchemaNode> byName = new HashMap<>();
    private final Map<String, String> modules = new HashMap<>();

    Identities(EffectiveModelContext context) {
        for (Module module : context.getModules()) {
            String namespace = module.getNamespace().toString();
            modules.put(module.getName(), namespace);
            module.getIdentities()
                    .forEach(identity ->
                            byName.put(new Name(namespace, identity.getQName().getLocalName()), identity));
        }
    }

    /// The identity that an expression names.
    ///
    /// @throws FunctionCallException if it names none
    IdentitySchemaNode resolve(String text, Scope scope) throws FunctionCallException {
        int colon = text.indexOf(':');
        Optional<String> namespace =
                colon < 0 ? scope.identities() : scope.prefixes().apply(text.substring(0, colon));
        if (namespace.isEmpty()) {
            throw new FunctionCallException(
                    colon < 0
                            ? "the identity '" + text + "' needs a prefix"
                            : "the prefix of the identity '" + text + "' is not declared");
        }
        IdentitySchemaNode identity = byName.get(new Name(namespace.get(), text.substring(colon + 1)));
        if (identity == null) {
            throw new FunctionCallException("there is no identity '" + text + "'");
        }
        return identity;
    }

    /// The canonical text of an identity, if `text` names one.
    Optional<String> canonical(String text, Scope scope) {
        try {
            QName name = resolve(text, scope).getQName();
            return modules.entrySet().stream()
                    .filter(module ->
                            module.getValue().equals(name.getNamespace().toString()))
                    .map(module -> module.getKey() + ":" + name.getLocalName())
                    .findFirst();
        } catch (FunctionCallException _) {
            return Optional.empty();
        }
    }

    /// The identity that the value of a leaf names, if it names one: with the name of a module as
    /// prefix, or without one if it is of the module of the leaf.
    ///
    /// @param namespace of the leaf
    Optional<IdentitySchemaNode> ofValue(String value, String namespace) {
        int colon = value.indexOf(':');
        String own = colon < 0 ? namespace : modules.get(value.substring(0, colon));
        return own == null
                ? Optional.empty()
                : Optional.ofNullable(byName.get(new Name(own, value.substring(colon + 1))));
    }

    /// Whether `identity` is derived from `base` (RFC 7950 §7.18.2).
    static boolean isDerived(IdentitySchemaNode identity, IdentitySchemaNode base) {
        return identity.getBaseIdentities().stream().anyMatch(above -> above.equals(base) || isDerived(above, base));
    }
}
