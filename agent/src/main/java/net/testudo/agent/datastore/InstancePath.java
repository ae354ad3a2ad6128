package net.testudo.agent.datastore;

import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// Paths as error-path shows them: every name with the name of its module as prefix, because XPath knows no default
/// namespace (RFC 6241 §4.3).
public final class InstancePath {
    private InstancePath() {}

    /// The text of `path`.
    static String of(Models models, YangInstanceIdentifier path) {
        StringBuilder text = new StringBuilder();
        for (PathArgument step : NodePath.steps(models, path)) {
            String module = models.moduleName(step.getNodeType());
            text.append('/')
                    .append(module)
                    .append(':')
                    .append(step.getNodeType().getLocalName());
            switch (step) {
                case NodeIdentifierWithPredicates list ->
                    list.entrySet()
                            .forEach(key -> text.append(
                                    predicate(module + ":" + key.getKey().getLocalName(), key.getValue())));
                case NodeWithValue<?> value -> text.append(predicate(".", value.getValue()));
                default -> {}
            }
        }
        return text.toString();
    }

    /// The text of `path`.
    public static String of(CanonicalPath path) {
        StringBuilder text = new StringBuilder();
        for (CanonicalPath.Step step : path.steps()) {
            text.append('/').append(step.module()).append(':').append(step.name());
            for (CanonicalPath.Key key : step.keys()) {
                text.append(predicate(key.name().equals(".") ? "." : step.module() + ":" + key.name(), key.value()));
            }
        }
        return text.toString();
    }

    static String predicate(String name, Object value) {
        String text = value.toString();
        String quote = text.contains("'") ? "\"" : "'";
        return "[" + name + "=" + quote + text + quote + "]";
    }
}
