package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraint;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraintAware;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.MustDefinition;
import org.opendaylight.yangtools.yang.model.api.TypedDataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier;
import org.opendaylight.yangtools.yang.model.api.stmt.UniqueEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;

/// Checks a whole configuration against the constraints of the schema that types alone do not express, and names
/// every violation with the tags of RFC 7950 §15.
///
/// Types, ranges and patterns are not its business: they were checked when the values were parsed. Not thread-safe: it
/// remembers entries in which nothing was wrong.
final class ConstraintValidator {
    private final Models models;
    private final DataNodes trees;
    private final Constraints constraints;
    private final OutsideReads reads = new OutsideReads();
    private final ValidEntries valid = new ValidEntries();
    private int lookedInto;

    ConstraintValidator(Models models) {
        this.models = models;
        trees = new DataNodes(models);
        constraints = new Constraints(models, reads);
    }

    /// What is wrong with `root`; empty if nothing is.
    List<RpcError> validate(ContainerNode root) {
        List<RpcError> errors = new ArrayList<>();
        valid.begin();
        lookedInto = 0;
        walk(trees.of(root), root, errors);
        return errors;
    }

    /// Forgets what was valid, the secrets with it.
    void forget() {
        valid.forget();
    }

    /// How many entries of lists, lists in lists aside, the last validation looked into.
    int lookedInto() {
        return lookedInto;
    }

    /// @param root of the tree, until an entry of a list is entered
    private void walk(DataNode node, @Nullable ContainerNode root, List<RpcError> errors) {
        NormalizedNode entry = root != null && node.schema() instanceof ListSchemaNode ? node.data() : null;
        if (entry == null || root == null) {
            look(node, root, errors);
        } else if (!valid.contains(entry, root)) {
            lookedInto++;
            int before = errors.size();
            reads.begin(node);
            look(node, null, errors);
            Set<OutsideReads.Read> rests = reads.end();
            if (errors.size() == before) {
                valid.add(entry, rests);
            }
        }
    }

    private void look(DataNode node, @Nullable ContainerNode root, List<RpcError> errors) {
        DataSchemaNode schema = node.schema();
        if (schema != null && !constraints.applies(node)) {
            if (!node.defaulted()) {
                errors.add(RpcError.application(
                                "unknown-element",
                                "",
                                node.path(models),
                                "not allowed here: "
                                        + schema.getWhenCondition()
                                                .map(Object::toString)
                                                .orElse(""))
                        .withInfo("bad-element", schema.getQName().getLocalName()));
            }
            return;
        }
        constraints.violated(node).forEach(must -> must(must, node, errors));
        if (schema instanceof TypedDataSchemaNode leaf
                && leaf.getType() instanceof LeafrefTypeDefinition reference
                && constraints.isDangling(node)) {
            reference(reference, node, errors);
        }
        if (!(schema instanceof TypedDataSchemaNode)) {
            complete(node, node.container(), errors);
            node.children().forEach(child -> walk(child, root, errors));
        }
    }

    private void must(MustDefinition must, DataNode node, List<RpcError> errors) {
        errors.add(RpcError.application(
                "operation-failed",
                must.getErrorAppTag().orElse("must-violation"),
                node.path(models),
                must.getErrorMessage().orElse("this must hold: " + must.getXpath())));
    }

    private void reference(LeafrefTypeDefinition type, DataNode node, List<RpcError> errors) {
        errors.add(RpcError.application(
                "data-missing",
                "instance-required",
                node.path(models),
                "'" + node.value() + "' does not exist: there is no "
                        + type.getPathStatement().getOriginalString() + " with this value"));
    }

    private void complete(DataNode node, DataNodeContainer schema, List<RpcError> errors) {
        for (DataSchemaNode child : schema.getChildNodes()) {
            if (child.effectiveConfig().orElse(true)) {
                switch (child) {
                    case LeafSchemaNode leaf when leaf.isMandatory() -> mandatory(node, leaf, errors);
                    case ChoiceSchemaNode choice -> choice(node, choice, errors);
                    case ListSchemaNode list -> {
                        count(node, child, list, errors);
                        list.getUniqueConstraints().forEach(unique -> unique(node, list, unique, errors));
                    }
                    case ElementCountConstraintAware list -> count(node, child, list, errors);
                    default -> {}
                }
            }
        }
    }

    private void mandatory(DataNode node, LeafSchemaNode leaf, List<RpcError> errors) {
        if (node.children(leaf.getQName()).isEmpty() && constraints.applies(node.absent(leaf))) {
            errors.add(RpcError.application(
                    "data-missing", "", below(node, leaf.getQName()), "the mandatory leaf is missing"));
        }
    }

    private void choice(DataNode node, ChoiceSchemaNode choice, List<RpcError> errors) {
        boolean chosen = false;
        for (CaseSchemaNode one : choice.getCases()) {
            boolean used = one.getChildNodes().stream()
                    .anyMatch(child -> node.children(child.getQName()).stream().anyMatch(data -> !data.defaulted()));
            if (used) {
                chosen = true;
                complete(node, one, errors);
            }
        }
        if (!chosen && choice.isMandatory()) {
            errors.add(RpcError.application(
                            "data-missing", "missing-choice", node.path(models), "none of the alternatives is there")
                    .withInfo("missing-choice", choice.getQName().getLocalName()));
        }
    }

    private void count(DataNode node, DataSchemaNode child, ElementCountConstraintAware list, List<RpcError> errors) {
        ElementCountConstraint limits = list.getElementCountConstraint().orElse(null);
        if (limits == null) {
            return;
        }
        int size = node.children(child.getQName()).size();
        Integer least = limits.getMinElements();
        Integer most = limits.getMaxElements();
        if (least != null && size < least) {
            errors.add(RpcError.application(
                    "operation-failed",
                    "too-few-elements",
                    below(node, child.getQName()),
                    size + " entries; at least " + least + " are needed"));
        }
        if (most != null && size > most) {
            errors.add(RpcError.application(
                    "operation-failed",
                    "too-many-elements",
                    below(node, child.getQName()),
                    size + " entries; at most " + most + " are allowed"));
        }
    }

    private void unique(DataNode node, ListSchemaNode list, UniqueEffectiveStatement unique, List<RpcError> errors) {
        Map<List<String>, DataNode> seen = new HashMap<>();
        for (DataNode entry : node.children(list.getQName())) {
            List<String> values = new ArrayList<>();
            for (SchemaNodeIdentifier.Descendant path : unique.argument()) {
                descend(entry, path.getNodeIdentifiers()).forEach(leaf -> values.add(leaf.value()));
            }
            if (values.size() < unique.argument().size()) {
                continue;
            }
            DataNode first = seen.putIfAbsent(values, entry);
            if (first != null) {
                String leaves = String.join(
                        " ",
                        unique.argument().stream()
                                .map(path -> path.lastNodeIdentifier().getLocalName())
                                .toList());
                errors.add(RpcError.application(
                                "operation-failed",
                                "data-not-unique",
                                entry.path(models),
                                leaves + " is the same as in " + first.path(models))
                        .withInfo("non-unique", entry.path(models) + "/" + leaves));
            }
        }
    }

    private static List<DataNode> descend(DataNode from, List<QName> names) {
        List<DataNode> nodes = List.of(from);
        for (QName name : names) {
            nodes = nodes.stream().flatMap(node -> node.children(name).stream()).toList();
        }
        return nodes;
    }

    private String below(DataNode node, QName name) {
        return node.path(models) + "/" + models.moduleName(name) + ":" + name.getLocalName();
    }
}
