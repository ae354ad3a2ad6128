package net.testudo.agent.netconf;

import java.util.Optional;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// Writes the edits of a YANG patch (RFC 8072), with what the source has as RFC 9144 adds it. Values are
/// moved out of the trees that are compared, so that a reply needs no second copy of them.
final class PatchEdits {
    private final Element patch;
    private final String namespace;
    private int count;

    /// @param patch the element yang-patch
    /// @param namespace of the edits
    PatchEdits(Element patch, String namespace) {
        this.patch = patch;
        this.namespace = namespace;
    }

    /// A node to be shown.
    ///
    /// @param element in its tree, out of which it is taken
    /// @param origin to be marked, or an empty text
    record Shown(Element element, String origin) {}

    /// A place in a list that somebody ordered.
    ///
    /// @param after the path of the entry before, or empty for the first place
    record Place(String after) {}

    void create(String path, Shown value) {
        value(edit("create", path), "value", value);
    }

    void delete(String path, Shown source) {
        value(edit("delete", path), "source-value", source);
    }

    void replace(String path, Shown value, Shown source) {
        Element edit = edit("replace", path);
        value(edit, "value", value);
        value(edit, "source-value", source);
    }

    void insert(String path, Place place, Shown value) {
        Element edit = edit("insert", path);
        place(edit, place);
        value(edit, "value", value);
    }

    void move(String path, Place place) {
        place(edit("move", path), place);
    }

    private Element edit(String operation, String path) {
        Element edit = Xml.append(patch, namespace, "edit", "");
        count++;
        Xml.append(edit, namespace, "edit-id", Integer.toString(count));
        Xml.append(edit, namespace, "operation", operation);
        Xml.append(edit, namespace, "target", path);
        return edit;
    }

    private void place(Element edit, Place place) {
        if (place.after().isEmpty()) {
            Xml.append(edit, namespace, "where", "first");
        } else {
            Xml.append(edit, namespace, "point", place.after());
            Xml.append(edit, namespace, "where", "after");
        }
    }

    private void value(Element edit, String name, Shown shown) {
        Element holder = Xml.append(edit, namespace, name, "");
        Optional.ofNullable(shown.element().getParentNode()).ifPresent(parent -> parent.removeChild(shown.element()));
        holder.appendChild(holder.getOwnerDocument().adoptNode(shown.element()));
        if (!shown.origin().isEmpty()) {
            OperationalTree.declare(shown.element());
            OperationalTree.mark(shown.element(), shown.origin());
        }
    }
}
