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

    /// Takes away from `parent` what is not selected.
    void prune(Node parent) {
        for (Element child : Xml.children(parent)) {
            if (whole.contains(child) || CanonicalXml.isKey(child)) {
                continue;
            }
            if (part.contains(child)) {
                prune(child);
            } else {
                parent.removeChild(child);
            }
        }
    }
}
