package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.UserLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// Tells a guard what is different in two trees, secrets included. What both trees share costs nothing. A container
/// that means nothing by itself is no change, nor is the key of an entry beside the entry.
final class TreeChanges {
    private final Models models;
    private final Values values;
    private final ChangeGuard guard;
    private final boolean withSecrets;
    private final List<CanonicalPath.Step> path = new ArrayList<>();

    TreeChanges(Models models, ChangeGuard guard) {
        this(models, guard, true);
    }

    private TreeChanges(Models models, ChangeGuard guard, boolean withSecrets) {
        this.withSecrets = withSecrets;
        this.models = models;
        values = new Values(models);
        this.guard = guard;
    }

    /// Tells nothing of secrets.
    static TreeChanges shown(Models models, ChangeGuard guard) {
        return new TreeChanges(models, guard, false);
    }

    /// Compares.
    ///
    /// @throws RpcException as soon as the guard refuses
    void check(@Nullable ContainerNode before, @Nullable ContainerNode after) throws RpcException {
        children(before, after, models.context());
    }

    private void children(@Nullable DataContainerNode before, @Nullable DataContainerNode after, Object schema)
            throws RpcException {
        for (QName name : names(before, after)) {
            Object child = childSchema(schema, name);
            boolean key = schema instanceof ListSchemaNode list
                    && list.getKeyDefinition().contains(name);
            if (!key) {
                child(child(before, name), child(after, name), child);
            }
        }
    }

    private static Set<QName> names(@Nullable DataContainerNode before, @Nullable DataContainerNode after) {
        Set<QName> names = new LinkedHashSet<>();
        for (DataContainerNode node : both(before, after)) {
            node.body().forEach(child -> names.add(child.name().getNodeType()));
        }
        return names;
    }

    private static <T> List<T> both(@Nullable T before, @Nullable T after) {
        List<T> both = new ArrayList<>(2);
        if (before != null) {
            both.add(before);
        }
        if (after != null) {
            both.add(after);
        }
        return both;
    }

    private static @Nullable NormalizedNode child(@Nullable DataContainerNode parent, QName name) {
        return parent == null ? null : parent.childByArg(new NodeIdentifier(name));
    }

    private static Object childSchema(Object schema, QName name) {
        if (schema instanceof ChoiceSchemaNode choice) {
            return choice.getCases().stream()
                    .map(chosen -> chosen.dataChildByName(name))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
        }
        return ((DataNodeContainer) schema).getDataChildByName(name);
    }

    private void child(@Nullable NormalizedNode before, @Nullable NormalizedNode after, Object schema)
            throws RpcException {
        if (isShared(before, after)
                || (!withSecrets && schema instanceof DataSchemaNode node && models.isSecret(node))) {
            return;
        }
        if (schema instanceof ChoiceSchemaNode) {
            children((DataContainerNode) before, (DataContainerNode) after, schema);
            return;
        }
        NormalizedNode node = Objects.requireNonNull(after == null ? before : after);
        switch (node) {
            case MapNode _ -> entries((MapNode) before, (MapNode) after, (ListSchemaNode) schema);
            case LeafSetNode<?> _ -> leafSet((LeafSetNode<?>) before, (LeafSetNode<?>) after);
            default -> {
                path.add(step(node.name()));
                if (node instanceof LeafNode<?>) {
                    leaf((LeafNode<?>) before, (LeafNode<?>) after);
                } else {
                    if (schema instanceof ContainerSchemaNode container && container.isPresenceContainer()) {
                        appearance(before, after);
                    }
                    children((DataContainerNode) before, (DataContainerNode) after, schema);
                }
                path.removeLast();
            }
        }
    }

    /// A DataTree shares what an edit left alone; to compare it node by node is what this saves.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isShared(@Nullable NormalizedNode before, @Nullable NormalizedNode after) {
        return before == after;
    }

    private void leaf(@Nullable LeafNode<?> before, @Nullable LeafNode<?> after) throws RpcException {
        appearance(before, after);
        if (before != null && after != null && !values.text(before.body()).equals(values.text(after.body()))) {
            check(ChangeGuard.Kind.UPDATE);
        }
    }

    private void appearance(@Nullable NormalizedNode before, @Nullable NormalizedNode after) throws RpcException {
        if (before == null) {
            check(ChangeGuard.Kind.CREATE);
        } else if (after == null) {
            check(ChangeGuard.Kind.DELETE);
        }
    }

    private void entries(@Nullable MapNode before, @Nullable MapNode after, ListSchemaNode schema) throws RpcException {
        Map<PathArgument, NormalizedNode> old = byName(before);
        Map<PathArgument, NormalizedNode> fresh = byName(after);
        for (PathArgument name : union(old, fresh)) {
            MapEntryNode from = (MapEntryNode) old.get(name);
            MapEntryNode to = (MapEntryNode) fresh.get(name);
            if (!isShared(from, to)) {
                path.add(step(name));
                appearance(from, to);
                children(from, to, schema);
                path.removeLast();
            }
        }
        if (after instanceof UserMapNode) {
            moved(old, fresh);
        }
    }

    private void leafSet(@Nullable LeafSetNode<?> before, @Nullable LeafSetNode<?> after) throws RpcException {
        Map<PathArgument, NormalizedNode> old = byName(before);
        Map<PathArgument, NormalizedNode> fresh = byName(after);
        for (PathArgument name : union(old, fresh)) {
            path.add(step(name));
            appearance(old.get(name), fresh.get(name));
            path.removeLast();
        }
        if (after instanceof UserLeafSetNode) {
            moved(old, fresh);
        }
    }

    /// Entries that are in both, but not in the same order.
    private void moved(Map<PathArgument, NormalizedNode> old, Map<PathArgument, NormalizedNode> fresh)
            throws RpcException {
        List<PathArgument> was =
                old.keySet().stream().filter(fresh::containsKey).toList();
        List<PathArgument> is = fresh.keySet().stream().filter(old::containsKey).toList();
        for (int i = 0; i < is.size(); i++) {
            if (!is.get(i).equals(was.get(i))) {
                path.add(step(is.get(i)));
                check(ChangeGuard.Kind.UPDATE);
                path.removeLast();
            }
        }
    }

    private static Map<PathArgument, NormalizedNode> byName(@Nullable NormalizedNodeContainer<?> parent) {
        Map<PathArgument, NormalizedNode> byName = new LinkedHashMap<>();
        if (parent != null) {
            Collection<? extends NormalizedNode> body = parent.body();
            body.forEach(node -> byName.put(node.name(), node));
        }
        return byName;
    }

    private static Set<PathArgument> union(
            Map<PathArgument, NormalizedNode> old, Map<PathArgument, NormalizedNode> fresh) {
        Set<PathArgument> names = new LinkedHashSet<>(old.keySet());
        names.addAll(fresh.keySet());
        return names;
    }

    private CanonicalPath.Step step(PathArgument name) {
        return NodePath.step(models, values, name);
    }

    private void check(ChangeGuard.Kind kind) throws RpcException {
        guard.check(kind, new CanonicalPath(List.copyOf(path)));
    }
}
