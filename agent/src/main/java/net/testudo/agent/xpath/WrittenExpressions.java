package net.testudo.agent.xpath;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.meta.DeclaredStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.BelongsToStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.DefaultEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.DefaultStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.ImportStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.ModuleEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.MustStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.PathStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.PrefixStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.TypedefStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.WhenStatement;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;

/// Which module each expression, and each default value, of a schema is written in. A grouping, a
/// refinement or a typedef takes its expressions into other modules, and their prefixes keep the meaning
/// that they have where they are written (RFC 7950 §6.4.1).
///
/// The parser gives an expression that is used elsewhere as the same object.
final class WrittenExpressions {
    /// An expression as it is written, and as it was parsed for the namespaces of the nodes that have
    /// it.
    ///
    /// @param prefixes namespaces of them in its module
    /// @param namespace of its module
    /// @param parsed by namespace of the node
    record Written(Map<String, String> prefixes, String namespace, Map<String, YangXPath> parsed) {
        Scope scope(String node) {
            return new Scope(
                    prefix -> Optional.ofNullable(prefixes.get(prefix)), Optional.of(node), Optional.of(namespace));
        }
    }

    private final IdentityHashMap<Object, Written> byArgument = new IdentityHashMap<>();
    /// Those that have a default value.
    private final Map<QName, Written> typedefs = new HashMap<>();

    private final Map<String, String> namespaces = new HashMap<>();

    WrittenExpressions(EffectiveModelContext context) {
        for (Module module : context.getModules()) {
            namespaces.put(module.getName(), module.getNamespace().toString());
        }
        for (ModuleEffectiveStatement module : context.getModuleStatements().values()) {
            String namespace = module.localQNameModule().namespace().toString();
            collect(module.getDeclared(), namespace);
            module.submodules().forEach(submodule -> collect(submodule.getDeclared(), namespace));
        }
    }

    private void collect(DeclaredStatement<?> text, String namespace) {
        Map<String, String> prefixes = new HashMap<>();
        for (DeclaredStatement<?> statement : text.declaredSubstatements()) {
            switch (statement) {
                case PrefixStatement prefix -> prefixes.put(prefix.argument(), namespace);
                case BelongsToStatement own -> prefixes.put(prefix(own), namespace);
                case ImportStatement other ->
                    prefixes.put(
                            prefix(other),
                            namespaces.getOrDefault(other.argument().getLocalName(), ""));
                default -> {}
            }
        }
        collect(text, prefixes, namespace);
    }

    private static String prefix(DeclaredStatement<?> statement) {
        return statement.declaredSubstatements().stream()
                .filter(PrefixStatement.class::isInstance)
                .map(prefix -> ((PrefixStatement) prefix).argument())
                .findFirst()
                .orElse("");
    }

    private void collect(DeclaredStatement<?> parent, Map<String, String> prefixes, String namespace) {
        for (DeclaredStatement<?> statement : parent.declaredSubstatements()) {
            if (statement instanceof MustStatement
                    || statement instanceof WhenStatement
                    || statement instanceof PathStatement) {
                byArgument.put(statement.argument(), new Written(prefixes, namespace, new ConcurrentHashMap<>()));
            }
            if (statement instanceof DefaultStatement) {
                byArgument.put(statement, new Written(prefixes, namespace, new ConcurrentHashMap<>()));
            }
            if (statement instanceof TypedefStatement typedef
                    && typedef.declaredSubstatements().stream().anyMatch(DefaultStatement.class::isInstance)) {
                typedefs.put(typedef.argument(), new Written(prefixes, namespace, new ConcurrentHashMap<>()));
            }
            collect(statement, prefixes, namespace);
        }
    }

    /// What is known of the expression `argument`.
    Written of(Object argument) {
        Written written = byArgument.get(argument);
        if (written == null) {
            throw new IllegalStateException("no module has the expression " + argument);
        }
        return written;
    }

    /// The path of a reference.
    Written of(LeafrefTypeDefinition reference) {
        return of(reference.getPathStatement());
    }

    /// The default value of `leaf`, its own or that of its type.
    Optional<Written> ofDefault(LeafSchemaNode leaf) {
        Optional<Written> own = leaf.asEffectiveStatement()
                .findFirstEffectiveSubstatement(DefaultEffectiveStatement.class)
                .map(DefaultEffectiveStatement::getDeclared)
                .map(byArgument::get);
        if (own.isPresent()) {
            return own;
        }
        for (TypeDefinition<?> type = leaf.getType(); type != null; type = type.getBaseType()) {
            if (typedefs.containsKey(type.getQName())) {
                return Optional.of(typedefs.get(type.getQName()));
            }
        }
        return Optional.empty();
    }
}
