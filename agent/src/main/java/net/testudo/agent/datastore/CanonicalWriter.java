package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import net.testudo.element.management.Content;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// NormalizedNode to canonical text: nodes in the order of the schema, entries of lists in the operator's order where
/// the schema gives it to the operator, else by key. It remembers the texts of the list entries that it wrote last, as
/// most of them are the same ones next time. Not thread-safe.
final class CanonicalWriter {
    private static final Position TOP = new Position("", "", false, false);

    private final Models models;
    private final Values values;
    /// Of entries of lists that are in no other entry: where one stands is the same in all trees.
    private IdentityHashMap<MapEntryNode, Content> texts = new IdentityHashMap<>();

    CanonicalWriter(Models models) {
        this.models = models;
        values = new Values(models);
    }

    /// The content of the tree `root`.
    Content write(ContainerNode root) {
        Output output = new Output(new IdentityHashMap<>());
        for (DataSchemaNode schema : models.roots()) {
            child(root, schema, TOP, output);
        }
        texts = output.texts;
        return output.content();
    }

    /// Remembers nothing of what it wrote.
    void forget() {
        texts = new IdentityHashMap<>();
    }

    /// The content of one node of the tree `root`, and of what is below it; empty if it is not there.
    ///
    /// @param path of the node, not below an entry of a list
    Content write(ContainerNode root, YangInstanceIdentifier path) {
        Output output = new Output(new IdentityHashMap<>());
        Collection<? extends DataSchemaNode> schemas = models.roots();
        DataContainerNode parent = root;
        Position at = TOP;
        Iterator<PathArgument> steps = path.getPathArguments().iterator();
        while (steps.hasNext()) {
            QName name = steps.next().getNodeType();
            DataSchemaNode schema = schemas.stream()
                    .filter(one -> one.getQName().equals(name))
                    .findFirst()
                    .orElseThrow();
            if (!steps.hasNext()) {
                child(parent, schema, at, output);
                break;
            }
            NormalizedNode node = parent.childByArg(new NodeIdentifier(name));
            if (node instanceof MapNode map && schema instanceof ListSchemaNode list) {
                MapEntryNode entry = map.childByArg((NodeIdentifierWithPredicates) steps.next());
                if (entry != null) {
                    fresh(new Entry(predicates(entry.name(), list), entry), list, enter(at, schema), output);
                }
                break;
            }
            if (!(node instanceof DataContainerNode inner)) {
                break;
            }
            schemas = schema instanceof ChoiceSchemaNode choice
                    ? choice.getCases().stream()
                            .flatMap(chosen -> chosen.getChildNodes().stream())
                            .toList()
                    : ((DataNodeContainer) schema).getChildNodes();
            at = schema instanceof ChoiceSchemaNode ? at : enter(at, schema);
            parent = inner;
        }
        return output.content();
    }

    /// Where the writer is.
    ///
    /// @param path of the parent
    /// @param module of the parent
    /// @param secret whether the parent is below a secret node
    /// @param inEntry whether the parent is an entry of a list, or in one
    private record Position(String path, String module, boolean secret, boolean inEntry) {}

    private static final class Output {
        final StringBuilder configuration = new StringBuilder();
        final StringBuilder secrets = new StringBuilder();
        final IdentityHashMap<MapEntryNode, Content> texts;

        Output(IdentityHashMap<MapEntryNode, Content> texts) {
            this.texts = texts;
        }

        StringBuilder of(boolean secret) {
            return secret ? secrets : configuration;
        }

        void add(MapEntryNode entry, Content text) {
            configuration.append(text.configuration());
            secrets.append(text.secrets());
            texts.put(entry, text);
        }

        Content content() {
            return new Content(configuration.toString(), secrets.toString());
        }
    }

    private void children(DataContainerNode parent, DataNodeContainer schema, Position at, Output output) {
        for (DataSchemaNode child : schema.getChildNodes()) {
            boolean key = schema instanceof ListSchemaNode list
                    && list.getKeyDefinition().contains(child.getQName());
            if (child.effectiveConfig().orElse(true) && !key) {
                child(parent, child, at, output);
            }
        }
    }

    private void child(DataContainerNode parent, DataSchemaNode schema, Position at, Output output) {
        NormalizedNode node = parent.childByArg(new NodeIdentifier(schema.getQName()));
        if (node == null) {
            return;
        }
        if (schema instanceof ChoiceSchemaNode choice) {
            for (CaseSchemaNode chosen : choice.getCases()) {
                children((ChoiceNode) node, chosen, at, output);
            }
            return;
        }
        Position here = enter(at, schema);
        switch (schema) {
            case LeafSchemaNode _ ->
                output.of(here.secret).append(CanonicalLine.of(here.path, values.text(((LeafNode<?>) node).body())));
            case LeafListSchemaNode list -> leafList((LeafSetNode<?>) node, list, here, output);
            case ContainerSchemaNode container -> {
                if (container.isPresenceContainer()) {
                    alone(here, output, () -> children((ContainerNode) node, container, here, output));
                } else {
                    children((ContainerNode) node, container, here, output);
                }
            }
            case ListSchemaNode list -> list((MapNode) node, list, here, output);
            default -> throw new IllegalStateException("no such node in our modules: " + schema);
        }
    }

    private Position enter(Position at, DataSchemaNode schema) {
        QName name = schema.getQName();
        String module = models.moduleName(name);
        String step = module.equals(at.module) ? "/" : "/" + module + ":";
        return new Position(
                at.path + step + name.getLocalName(), module, at.secret || models.isSecret(schema), at.inEntry);
    }

    /// Writes what is below a node, or the path of the node alone if there is nothing.
    private static void alone(Position here, Output output, Runnable below) {
        StringBuilder text = output.of(here.secret);
        int before = text.length();
        below.run();
        if (text.length() == before) {
            text.append(here.path).append('\n');
        }
    }

    private void leafList(LeafSetNode<?> node, LeafListSchemaNode schema, Position here, Output output) {
        List<String> entries = new ArrayList<>();
        for (LeafSetEntryNode<?> entry : node.body()) {
            entries.add(values.text(entry.body()));
        }
        if (!schema.isUserOrdered()) {
            entries.sort(Comparator.naturalOrder());
        }
        for (String entry : entries) {
            output.of(here.secret)
                    .append(here.path)
                    .append("[.=")
                    .append(CanonicalPath.quote(entry))
                    .append("]\n");
        }
    }

    private record Entry(String predicates, MapEntryNode node) {}

    private void list(MapNode node, ListSchemaNode schema, Position here, Output output) {
        List<Entry> entries = new ArrayList<>();
        Collection<MapEntryNode> body = node.body();
        for (MapEntryNode entry : body) {
            entries.add(new Entry(predicates(entry.name(), schema), entry));
        }
        if (!schema.isUserOrdered()) {
            entries.sort(Comparator.comparing(Entry::predicates));
        }
        for (Entry entry : entries) {
            if (here.inEntry) {
                fresh(entry, schema, here, output);
                continue;
            }
            Content text = texts.get(entry.node);
            if (text == null) {
                Output own = new Output(new IdentityHashMap<>());
                fresh(entry, schema, here, own);
                text = own.content();
            }
            output.add(entry.node, text);
        }
    }

    private void fresh(Entry entry, ListSchemaNode schema, Position list, Output output) {
        Position inside = new Position(list.path + entry.predicates, list.module, list.secret, true);
        alone(inside, output, () -> children(entry.node, schema, inside, output));
    }

    private String predicates(NodeIdentifierWithPredicates name, ListSchemaNode schema) {
        StringBuilder text = new StringBuilder();
        for (QName key : schema.getKeyDefinition()) {
            String value = values.text(java.util.Objects.requireNonNull(name.getValue(key)));
            text.append('[')
                    .append(key.getLocalName())
                    .append('=')
                    .append(CanonicalPath.quote(value))
                    .append(']');
        }
        return text.toString();
    }
}
