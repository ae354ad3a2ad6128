package net.testudo.agent.datastore;

import java.util.Optional;
import net.testudo.element.management.Content;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.tree.api.DataTree;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeModification;
import org.opendaylight.yangtools.yang.data.tree.api.DataValidationFailedException;
import org.w3c.dom.Element;

/// Makes the tree of a content out of that of another one, by what is different in them.
final class TreeUpdate {
    private final Models models;
    private final CanonicalXml xml;
    private final ElementParser parser;

    TreeUpdate(Models models) {
        this.models = models;
        xml = new CanonicalXml(models);
        parser = new ElementParser(models);
    }

    /// The tree of `after`, entries of lists perhaps in another order; empty if it is better read as a whole, or if
    /// it cannot be read.
    ///
    /// @param tree of `before`
    Optional<ContainerNode> of(ContainerNode tree, Content before, Content after) {
        try {
            ChangedParts parts = new ChangedParts(before, after);
            if (parts.characters() > after.characters() / 2) {
                return Optional.empty();
            }
            DataTree updated = Candidate.holding(models, tree);
            TreeEdit edit = new TreeEdit(updated);
            NodeWriter writer = new NodeWriter(models, edit);
            for (String path : parts.paths()) {
                String lines = parts.lines(path);
                Element config = Xml.root(Xml.BASE, "config");
                xml.append(config, lines.isEmpty() ? path + "\n" : lines);
                EditTarget target = EditTarget.root(models);
                Element element = config;
                for (int depth = CanonicalPath.parse(path).steps().size(); depth > 0; depth--) {
                    element = inner(element);
                    target = target.any(models, parser, element);
                }
                if (lines.isEmpty()) {
                    edit.delete(target.path());
                } else {
                    writer.write(target, element);
                }
            }
            DataTreeModification modification = edit.modification();
            modification.ready();
            updated.validate(modification);
            updated.commit(updated.prepare(modification));
            return Optional.of(Candidate.rootOf(updated));
        } catch (CanonicalFormException | RpcException | DataValidationFailedException | RuntimeException e) {
            // Who reads it as a whole learns what is wrong with it.
            return Optional.empty();
        }
    }

    /// On the way to a part there is nothing else.
    private static Element inner(Element element) {
        return Xml.children(element).getFirst();
    }
}
