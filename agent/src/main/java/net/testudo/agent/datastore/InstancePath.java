package net.testudo.agent.datastore;

import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// Paths as error-path shows them: every name with the name of its module as prefix, because XPath knows no default
/// namespace (RFC 6241 §4.3).
public final class InstancePath {
    private InstancePath() {}

    /// The text of `path`.
    static String of(Models models, YangInstanceIdentifier path) {
        return of(NodePath.of(models, path));
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
