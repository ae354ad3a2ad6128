package net.testudo.agent.datastore;

import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// Leaves that nobody set and that have a default value in use (RFC 7950 §7.6.1), as canonical lines.
final class DefaultLines {
    private final Models models;
    private final DataNodes trees;
    private final Constraints constraints;

    DefaultLines(Models models) {
        this.models = models;
        trees = new DataNodes(models);
        constraints = new Constraints(models, new OutsideReads());
    }

    /// Those of the configuration `root`, without secrets.
    String of(ContainerNode root) {
        StringBuilder lines = new StringBuilder();
        children(trees.of(root), "", "", lines);
        return lines.toString();
    }

    private void children(DataNode parent, String path, String module, StringBuilder lines) {
        for (DataNode child : parent.children()) {
            DataSchemaNode schema = child.schema();
            if (schema == null || models.isSecret(schema) || !constraints.applies(child)) {
                continue;
            }
            String own = models.moduleName(schema.getQName());
            String step = own.equals(module) ? "/" : "/" + own + ":";
            String here = path + step + schema.getQName().getLocalName();
            if (schema instanceof LeafSchemaNode) {
                if (child.defaulted()) {
                    lines.append(CanonicalLine.of(here, child.value()));
                }
            } else if (!(schema instanceof LeafListSchemaNode)) {
                children(child, here + keys(child, schema), own, lines);
            }
        }
    }

    private static String keys(DataNode node, DataSchemaNode schema) {
        StringBuilder predicates = new StringBuilder();
        if (schema instanceof ListSchemaNode list) {
            for (QName key : list.getKeyDefinition()) {
                predicates
                        .append('[')
                        .append(key.getLocalName())
                        .append('=')
                        .append(CanonicalPath.quote(
                                node.children(key).getFirst().value()))
                        .append(']');
            }
        }
        return predicates.toString();
    }
}
