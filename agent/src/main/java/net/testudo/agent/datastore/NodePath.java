package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;

/// Paths of yangtools as a manager knows them: choices, and lists as a whole above their entries, are no nodes.
final class NodePath {
    private NodePath() {}

    /// The steps of `path` that are nodes.
    private static List<PathArgument> steps(Models models, YangInstanceIdentifier path) {
        List<PathArgument> steps = new ArrayList<>();
        DataSchemaContext context = models.tree().getRoot();
        for (PathArgument argument : path.getPathArguments()) {
            context = context instanceof DataSchemaContext.Composite composite ? composite.childByArg(argument) : null;
            boolean choice = context != null && context.dataSchemaNode() instanceof ChoiceSchemaNode;
            boolean entry = argument instanceof NodeIdentifierWithPredicates || argument instanceof NodeWithValue;
            if (entry && !steps.isEmpty() && steps.getLast().getNodeType().equals(argument.getNodeType())) {
                steps.removeLast();
            }
            if (!choice) {
                steps.add(argument);
            }
        }
        return steps;
    }

    /// The same with texts of values.
    static CanonicalPath of(Models models, YangInstanceIdentifier path) {
        Values values = new Values(models);
        return new CanonicalPath(steps(models, path).stream()
                .map(step -> step(models, values, step))
                .toList());
    }

    /// A step with texts of values.
    static CanonicalPath.Step step(Models models, Values values, PathArgument argument) {
        List<CanonicalPath.Key> keys = new ArrayList<>();
        switch (argument) {
            case NodeIdentifierWithPredicates entry ->
                entry.entrySet()
                        .forEach(key -> keys.add(
                                new CanonicalPath.Key(key.getKey().getLocalName(), values.text(key.getValue()))));
            case NodeWithValue<?> value -> keys.add(new CanonicalPath.Key(".", values.text(value.getValue())));
            default -> {}
        }
        return new CanonicalPath.Step(
                models.moduleName(argument.getNodeType()),
                argument.getNodeType().getLocalName(),
                List.copyOf(keys));
    }
}
