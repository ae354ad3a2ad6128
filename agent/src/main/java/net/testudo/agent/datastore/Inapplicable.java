package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;

/// Finds nodes whose `when` became false by an edit that did not touch them: they are deleted by the server (RFC 7950
/// §8.2). What an edit itself puts where it is not allowed stays, and is named by the validation. Not thread-safe.
final class Inapplicable {
    private final Models models;
    private final DataNodes trees;
    private final Constraints constraints;
    /// Nodes that have a `when`, and those that lead to one; few.
    private final Set<DataSchemaNode> leading = Collections.newSetFromMap(new IdentityHashMap<>());

    Inapplicable(Models models) {
        this.models = models;
        trees = new DataNodes(models);
        constraints = new Constraints(models, new OutsideReads());
        collect(models.context());
    }

    private boolean collect(DataNodeContainer parent) {
        boolean leads = false;
        for (DataSchemaNode node : parent.getChildNodes()) {
            if (!node.effectiveConfig().orElse(true)) {
                continue;
            }
            boolean below = switch (node) {
                case ChoiceSchemaNode choice -> {
                    boolean any = false;
                    for (var one : choice.getCases()) {
                        any |= collect(one);
                    }
                    yield any;
                }
                case DataNodeContainer inner -> collect(inner);
                default -> false;
            };
            if (below || node.getWhenCondition().isPresent()) {
                leading.add(node);
                leads = true;
            }
        }
        return leads;
    }

    /// The paths of such nodes.
    ///
    /// @param before the tree as it was before the edit
    List<YangInstanceIdentifier> of(ContainerNode before, ContainerNode after) throws RpcException {
        List<YangInstanceIdentifier> found = new ArrayList<>();
        walk(trees.of(before), trees.of(after), EditTarget.root(models), found);
        return found;
    }

    private void walk(DataNode then, DataNode now, EditTarget at, List<YangInstanceIdentifier> found)
            throws RpcException {
        Map<PathArgument, DataNode> byName = new HashMap<>();
        for (DataNode child : then.children()) {
            NormalizedNode data = child.data();
            if (data != null) {
                byName.put(data.name(), child);
            }
        }
        for (DataNode child : now.children()) {
            DataSchemaNode schema = child.schema();
            NormalizedNode data = child.data();
            if (schema == null || data == null || !leading.contains(schema)) {
                continue;
            }
            DataNode former = byName.get(data.name());
            if (former == null) {
                continue;
            }
            EditTarget here = at.at(models, child.namespace(), child.name(), data.name());
            boolean untouched = data.equals(former.data());
            if (untouched && !constraints.applies(child) && constraints.applies(former)) {
                found.add(here.path());
            } else if (schema instanceof DataNodeContainer) {
                walk(former, child, here, found);
            }
        }
    }
}
