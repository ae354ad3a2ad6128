package net.testudo.agent.datastore;

import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// Values of leaves as text, in the canonical form of their type (RFC 7950 §9).
final class Values {
    private final Models models;

    Values(Models models) {
        this.models = models;
    }

    /// The text of the body of a leaf or of an entry of a leaf-list.
    String text(Object body) {
        return switch (body) {
            case Empty _ -> "";
            case byte[] octets -> Base64.getEncoder().encodeToString(octets);
            case QName identity -> models.moduleName(identity) + ":" + identity.getLocalName();
            case Set<?> bits ->
                String.join(
                        " ", new TreeSet<>(bits.stream().map(String::valueOf).toList()));
            case YangInstanceIdentifier path -> InstancePath.of(models, path);
            default -> body.toString();
        };
    }
}
