package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.w3c.dom.Element;

/// Places an entry of a list that is ordered by the operator: the attributes `insert`, `key` and `value` of
/// RFC 7950 §7.7.9 and §7.8.6.
final class Insertion {
    private static final String YANG = "urn:ietf:params:xml:ns:yang:1";

    private final Models models;
    private final TreeEdit tree;
    private final Values values;

    Insertion(Models models, TreeEdit tree) {
        this.models = models;
        this.tree = tree;
        values = new Values(models);
    }

    /// Moves the entry `target` to the place `insert`: `first`, `last`, `before` or `after`.
    void place(EditTarget target, Element element, String insert) throws RpcException {
        NormalizedNode list = tree.read(target.list()).orElseThrow();
        switch (list) {
            case UserMapNode map -> {
                UserMapNode.Builder builder = ImmutableNodes.newUserMapBuilder();
                builder.withNodeIdentifier(new NodeIdentifier(target.schema().getQName()));
                ordered(new ArrayList<>(map.body()), target, element, insert)
                        .forEach(entry -> builder.withChild((MapEntryNode) entry));
                tree.write(target.list(), builder.build());
            }
            case UserLeafSetNode<?> set -> {
                UserLeafSetNode.Builder<Object> builder = ImmutableNodes.newUserLeafSetBuilder();
                builder.withNodeIdentifier(new NodeIdentifier(target.schema().getQName()));
                ordered(new ArrayList<>(set.body()), target, element, insert)
                        .forEach(entry -> builder.withChildValue(((LeafSetEntryNode<?>) entry).body()));
                tree.write(target.list(), builder.build());
            }
            default -> throw new IllegalStateException("not ordered by the user: " + list.name());
        }
    }

    private List<NormalizedNode> ordered(
            List<NormalizedNode> entries, EditTarget target, Element element, String insert) throws RpcException {
        PathArgument name = target.path().getLastPathArgument();
        int from = indexOf(entries, name);
        NormalizedNode moved = entries.remove(from);
        int to = switch (insert) {
            case "first" -> 0;
            case "last" -> entries.size();
            case "before" -> anchor(entries, target, element);
            case "after" -> anchor(entries, target, element) + 1;
            default -> throw bad(target, "bad-attribute", "", "insert is first, last, before or after, not: " + insert);
        };
        entries.add(to, moved);
        return entries;
    }

    private int anchor(List<NormalizedNode> entries, EditTarget target, Element element) throws RpcException {
        String attribute = target.path().getLastPathArgument() instanceof NodeWithValue ? "value" : "key";
        String wanted = element.getAttributeNS(YANG, attribute);
        if (wanted.isEmpty()) {
            throw bad(
                    target, "missing-attribute", "", "insert before or after needs the attribute '" + attribute + "'");
        }
        for (int i = 0; i < entries.size(); i++) {
            if (matches(entries.get(i).name(), wanted)) {
                return i;
            }
        }
        throw bad(target, "bad-attribute", "missing-instance", "there is no entry " + wanted);
    }

    private boolean matches(PathArgument name, String wanted) {
        return switch (name) {
            case NodeWithValue<?> leaf -> values.text(leaf.getValue()).equals(wanted);
            case NodeIdentifierWithPredicates keys ->
                keys.entrySet().stream().allMatch(key -> {
                    String predicate = key.getKey().getLocalName() + "=";
                    String value = values.text(Objects.requireNonNull(key.getValue()));
                    return wanted.contains(predicate + "'" + value + "'")
                            || wanted.contains(predicate + "\"" + value + "\"");
                });
            default -> false;
        };
    }

    private static int indexOf(List<NormalizedNode> entries, PathArgument name) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("the entry was just written");
    }

    private RpcException bad(EditTarget target, String tag, String appTag, String message) {
        return new RpcException(RpcError.application(tag, appTag, InstancePath.of(models, target.path()), message)
                .withInfo("bad-attribute", "insert"));
    }
}
