package net.testudo.agent.xpath;

import java.util.List;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;

/// What a leaf or an entry of a leaf-list can be.
///
/// @param references the types of the leaf, of a union all, by which it refers to other leaves
/// @param instances whether its value can be a path to another node
/// @param values the types of its value: for a union those of its members, for a reference those of
///     its target
record LeafType(List<LeafrefTypeDefinition> references, boolean instances, List<TypeDefinition<?>> values) {
    /// That of nodes that have none.
    static final LeafType NONE = new LeafType(List.of(), false, List.of());

    boolean isIdentity() {
        return values.stream().anyMatch(IdentityrefTypeDefinition.class::isInstance);
    }

    boolean isBits() {
        return values.stream().anyMatch(BitsTypeDefinition.class::isInstance);
    }

    /// The number of the enum that is called `name`, or NaN.
    double enumValue(String name) {
        for (TypeDefinition<?> type : values) {
            if (type instanceof EnumTypeDefinition enumeration) {
                for (EnumTypeDefinition.EnumPair pair : enumeration.getValues()) {
                    if (pair.getName().equals(name)) {
                        return pair.getValue();
                    }
                }
            }
        }
        return Double.NaN;
    }
}
