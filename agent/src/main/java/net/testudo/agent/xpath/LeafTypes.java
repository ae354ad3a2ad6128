package net.testudo.agent.xpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.testudo.agent.xpath.YangNavigator.Name;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.XMLNamespace;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.TypedDataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;

/// The types of the leaves of a schema, found by the names from the root down.
final class LeafTypes {
    private final EffectiveModelContext context;
    private final Map<List<Name>, LeafType> known = new ConcurrentHashMap<>();

    LeafTypes(EffectiveModelContext context) {
        this.context = context;
    }

    /// The type of the leaf to which `path` leads, or none.
    LeafType of(List<Name> path) {
        LeafType type = known.get(path);
        if (type != null) {
            return type;
        }
        Optional<LeafType> found = enter(path).map(LeafTypes::type);
        found.ifPresent(of -> known.put(List.copyOf(path), of));
        return found.orElse(LeafType.NONE);
    }

    private Optional<SchemaInferenceStack> enter(List<Name> path) {
        SchemaInferenceStack stack = SchemaInferenceStack.of(context);
        for (Name name : path) {
            Optional<QName> node = qualify(name);
            if (node.isEmpty()) {
                return Optional.empty();
            }
            try {
                if (stack.isEmpty() && context.findNotification(node.get()).isPresent()) {
                    stack.enterSchemaTree(node.get());
                } else {
                    stack.enterDataTree(node.get());
                }
            } catch (IllegalArgumentException | IllegalStateException e) {
                return Optional.empty();
            }
        }
        return Optional.of(stack).filter(entered -> !entered.isEmpty());
    }

    private Optional<QName> qualify(Name name) {
        return context.findModules(XMLNamespace.of(name.namespace())).stream()
                .findFirst()
                .map(Module::getQNameModule)
                .map(module -> QName.create(module, name.local()));
    }

    private static LeafType type(SchemaInferenceStack stack) {
        if (!(stack.currentStatement() instanceof TypedDataSchemaNode leaf)) {
            return LeafType.NONE;
        }
        List<TypeDefinition<?>> members = members(leaf.getType());
        List<LeafrefTypeDefinition> references = new ArrayList<>();
        List<TypeDefinition<?>> values = new ArrayList<>();
        for (TypeDefinition<?> member : members) {
            if (member instanceof LeafrefTypeDefinition reference) {
                references.add(reference);
                values.addAll(members(stack.resolveLeafref(reference)));
            } else {
                values.add(member);
            }
        }
        return new LeafType(
                List.copyOf(references),
                members.stream().anyMatch(InstanceIdentifierTypeDefinition.class::isInstance),
                List.copyOf(values));
    }

    /// The types of which a value of `type` is one: those of a union, or the type itself.
    static List<TypeDefinition<?>> members(TypeDefinition<?> type) {
        return type instanceof UnionTypeDefinition union
                ? union.getTypes().stream()
                        .<TypeDefinition<?>>flatMap(member -> members(member).stream())
                        .toList()
                : List.of(type);
    }
}
