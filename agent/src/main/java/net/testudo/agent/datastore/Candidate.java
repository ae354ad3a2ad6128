package net.testudo.agent.datastore;

import java.util.List;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangNetconfErrorAware;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.data.tree.api.DataTree;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeCandidate;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeConfiguration;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeModification;
import org.opendaylight.yangtools.yang.data.tree.api.DataValidationFailedException;
import org.opendaylight.yangtools.yang.data.tree.api.SchemaValidationFailedException;
import org.opendaylight.yangtools.yang.data.tree.api.TreeType;
import org.opendaylight.yangtools.yang.data.tree.impl.ReferenceDataTreeFactory;
import org.opendaylight.yangtools.yang.model.api.SchemaContext;
import org.w3c.dom.Element;

/// The tree of the candidate: types are enforced, completeness is not, because an unfinished candidate is legal.
/// Not thread-safe.
final class Candidate {
    private final Models models;
    private final Inapplicable inapplicable;
    private DataTree tree;

    Candidate(Models models) {
        this(models, new Inapplicable(models));
    }

    private Candidate(Models models, Inapplicable inapplicable) {
        this.models = models;
        this.inapplicable = inapplicable;
        tree = empty(models);
    }

    /// Another one, in which there is nothing.
    Candidate another() {
        return new Candidate(models, inapplicable);
    }

    private static DataTree empty(Models models) {
        return new ReferenceDataTreeFactory()
                .create(
                        DataTreeConfiguration.builder(TreeType.CONFIGURATION)
                                .setMandatoryNodesValidation(false)
                                .setUniqueIndexes(false)
                                .build(),
                        models.context());
    }

    /// A tree like that of the candidate.
    static DataTree holding(Models models, ContainerNode root) throws DataValidationFailedException {
        DataTree fresh = empty(models);
        DataTreeModification modification = fresh.takeSnapshot().newModification();
        modification.write(YangInstanceIdentifier.of(), root);
        modification.ready();
        fresh.validate(modification);
        fresh.commit(fresh.prepare(modification));
        return fresh;
    }

    /// What it holds.
    ContainerNode root() {
        return rootOf(tree);
    }

    /// What such a tree holds.
    static ContainerNode rootOf(DataTree tree) {
        return (ContainerNode)
                tree.takeSnapshot().readNode(YangInstanceIdentifier.of()).orElseGet(() -> {
                    ContainerNode.Builder root = ImmutableNodes.newContainerBuilder();
                    root.withNodeIdentifier(new NodeIdentifier(SchemaContext.NAME));
                    return root.build();
                });
    }

    /// Makes it hold `root`.
    void load(ContainerNode root) throws RpcException {
        try {
            tree = holding(models, root);
        } catch (DataValidationFailedException e) {
            throw refused(e, InstancePath.of(models, e.getPath()));
        }
    }

    /// Edits it.
    ///
    /// @param guard judges what changes; what it refuses is not done at all
    /// @throws RpcException with what was refused, and by `onError` the rest is done then
    void edit(Element config, EditOperation standard, OnError onError, ChangeGuard guard) throws RpcException {
        ContainerNode before = root();
        TreeEdit edit = new TreeEdit(tree);
        List<RpcError> errors;
        try {
            errors = new EditConfig(models, edit, onError, guard).apply(config, standard);
        } catch (SchemaValidationFailedException e) {
            throw refused(e, "");
        }
        apply(tree, edit.modification(), guard);
        dropInapplicable(before);
        if (!errors.isEmpty()) {
            throw new RpcException(errors);
        }
    }

    /// One that goes may make another one go.
    private void dropInapplicable(ContainerNode before) throws RpcException {
        for (var paths = inapplicable.of(before, root()); !paths.isEmpty(); paths = inapplicable.of(before, root())) {
            TreeEdit drop = new TreeEdit(tree);
            paths.forEach(drop::delete);
            apply(tree, drop.modification(), ChangeGuard.NONE);
        }
    }

    /// What it would hold after this edit.
    ContainerNode preview(Element config, EditOperation standard, ChangeGuard guard) throws RpcException {
        Candidate copy = another();
        copy.load(root());
        copy.edit(config, standard, OnError.REFUSE_ALL, guard);
        return copy.root();
    }

    private void apply(DataTree target, DataTreeModification modification, ChangeGuard guard) throws RpcException {
        try {
            modification.ready();
            target.validate(modification);
            DataTreeCandidate prepared = target.prepare(modification);
            if (!guard.equals(ChangeGuard.NONE)) {
                new TreeChanges(models, guard)
                        .check(root(), (ContainerNode) prepared.getRootNode().dataAfter());
            }
            target.commit(prepared);
        } catch (DataValidationFailedException e) {
            throw refused(e, InstancePath.of(models, e.getPath()));
        } catch (RuntimeException e) {
            if (e instanceof YangNetconfErrorAware) {
                throw refused(e, "");
            }
            throw e;
        }
    }

    private static RpcException refused(Exception e, String path) {
        if (e instanceof YangNetconfErrorAware aware) {
            return new RpcException(aware.getNetconfErrors().stream()
                    .map(error -> RpcError.application(
                            error.tag().elementBody(),
                            error.appTag() == null ? "" : error.appTag(),
                            path,
                            error.message() == null ? String.valueOf(e.getMessage()) : error.message()))
                    .toList());
        }
        return new RpcException(RpcError.application("operation-failed", "", path, String.valueOf(e.getMessage())));
    }
}
