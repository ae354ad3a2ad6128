package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.SchemaNode;

/// What the modules themselves keep from everybody to whom no rule of access control permits it: the statements
/// default-deny-all and default-deny-write of RFC 8341.
public final class SensitiveNodes {
    /// A data node, with all that is below it.
    ///
    /// @param path to it, without keys
    /// @param reads whether it is kept from readers too, not from writers only
    public record Node(NodeInstanceIdentifier path, boolean reads) {}

    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> others = new HashSet<>();

    SensitiveNodes(Models models) {
        collect(models, models.context(), List.of());
        models.context().getOperations().forEach(rpc -> collect(models, rpc));
        models.context().getNotifications().forEach(notification -> collect(models, notification));
    }

    private void collect(Models models, SchemaNode node) {
        if (models.deniesAll(node)) {
            others.add(
                    models.moduleName(node.getQName()) + ":" + node.getQName().getLocalName());
        }
    }

    private void collect(Models models, DataNodeContainer parent, List<NodeInstanceIdentifier.Step> above) {
        for (DataSchemaNode child : parent.getChildNodes()) {
            if (child instanceof ChoiceSchemaNode choice) {
                choice.getCases().forEach(chosen -> collect(models, chosen, above));
                continue;
            }
            List<NodeInstanceIdentifier.Step> steps = new ArrayList<>(above);
            steps.add(new NodeInstanceIdentifier.Step(
                    models.moduleName(child.getQName()), child.getQName().getLocalName(), List.of()));
            boolean all = models.deniesAll(child);
            if (all || models.deniesWrite(child)) {
                nodes.add(new Node(new NodeInstanceIdentifier(List.copyOf(steps)), all));
            }
            if (child instanceof DataNodeContainer inner) {
                collect(models, inner, steps);
            }
        }
    }

    /// The data nodes.
    public List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /// Whether the module `module` keeps its operation or notification `name` from everybody.
    public boolean has(String module, String name) {
        return others.contains(module + ":" + name);
    }
}
