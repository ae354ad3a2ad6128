package net.testudo.agent.datastore;

import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// Paths as error-path shows them: every name with the name of its module as prefix, because XPath knows no default
/// namespace (RFC 6241 §4.3).
final class InstancePath {
    private InstancePath() {}

    /// The text of `path`; the steps that only exist in yangtools (the list as a whole) are left out.
    static String of(Models models, YangInstanceIdentifier path) {
        StringBuilder text = new StringBuilder();
        PathArgument before = null;
        for (PathArgument step : path.getPathArguments()) {
            String module = models.moduleName(step.getNodeType());
            boolean entry = !(step instanceof NodeIdentifier);
            if (!entry || before == null || !before.getNodeType().equals(step.getNodeType())) {
                text.append('/')
                        .append(module)
                        .append(':')
                        .append(step.getNodeType().getLocalName());
            }
            switch (step) {
                case NodeIdentifierWithPredicates list ->
                    list.entrySet()
                            .forEach(key -> text.append(
                                    predicate(module + ":" + key.getKey().getLocalName(), key.getValue())));
                case NodeWithValue<?> value -> text.append(predicate(".", value.getValue()));
                case NodeIdentifier _ -> {}
            }
            before = step;
        }
        return text.toString();
    }

    static String predicate(String name, Object value) {
        String text = value.toString();
        String quote = text.contains("'") ? "\"" : "'";
        return "[" + name + "=" + quote + text + quote + "]";
    }
}
