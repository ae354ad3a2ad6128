package net.testudo.agent.netconf;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// What a filter has selected. Keys of list entries are always part of it, so that the manager can tell the entries
/// apart.
final class Selection {
    private final Set<Element> whole = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Element> part = Collections.newSetFromMap(new IdentityHashMap<>());

    /// Selects an element with all that it holds.
    void whole(Element element) {
        whole.add(element);
    }

    /// Selects an element with those of its children that are selected.
    void part(Element element) {
        part.add(element);
    }

    /// Selects an element with all that it holds, and the way to it.
    void withAncestors(Element element) {
        whole.add(element);
        for (Node above = element.getParentNode(); above instanceof Element ancestor; above = above.getParentNode()) {
            part.add(ancestor);
        }
    }

    /// Whether an element is selected with all that it holds.
    boolean covers(Element element) {
        return whole.contains(element);
    }

    /// Whether an element, or something that it holds, is selected.
    boolean touches(Element element) {
        return whole.contains(element) || part.contains(element);
    }

    /// Takes away from `parent` what is not selected.
    ///
    /// @param depth how many levels of what is selected as a whole are shown, itself included
    void prune(Node parent, int depth) {
        for (Element child : Xml.children(parent)) {
            if (whole.contains(child)) {
                trim(child, depth, depth);
            } else if (part.contains(child)) {
                prune(child, depth);
            } else if (!CanonicalXml.isKey(child)) {
                parent.removeChild(child);
            }
        }
    }

    /// Takes away what is deeper than `left` levels below, and not selected for itself.
    private void trim(Element element, int left, int depth) {
        if (depth == DataFilter.UNBOUNDED) {
            return;
        }
        for (Element child : Xml.children(element)) {
            if (whole.contains(child)) {
                trim(child, depth, depth);
            } else if (left > 1) {
                trim(child, left - 1, depth);
            } else if (part.contains(child)) {
                prune(child, depth);
            } else if (!CanonicalXml.isKey(child)) {
                element.removeChild(child);
            }
        }
    }
}
