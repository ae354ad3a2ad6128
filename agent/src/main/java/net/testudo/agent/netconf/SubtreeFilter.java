package net.testudo.agent.netconf;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// The subtree filter of RFC 6241 §6. Keys of list entries are always part of what is selected, so that the manager
/// can tell the entries apart.
final class SubtreeFilter {
    private final Set<Element> whole = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Element> part = Collections.newSetFromMap(new IdentityHashMap<>());

    private SubtreeFilter() {}

    /// Takes away from `data` what `filter` does not select.
    static void apply(Element data, Element filter) {
        SubtreeFilter selection = new SubtreeFilter();
        List<Element> filters = Xml.children(filter);
        for (Element child : Xml.children(data)) {
            for (Element wanted : filters) {
                selection.select(child, wanted);
            }
        }
        selection.prune(data);
    }

    private boolean select(Element data, Element filter) {
        if (!sameName(data, filter)) {
            return false;
        }
        List<Element> inner = Xml.children(filter);
        if (inner.isEmpty()) {
            boolean selected = Xml.text(filter).isEmpty() || matches(data, filter);
            if (selected) {
                whole.add(data);
            }
            return selected;
        }
        List<Element> children = Xml.children(data);
        List<Element> conditions =
                inner.stream().filter(SubtreeFilter::isCondition).toList();
        for (Element condition : conditions) {
            if (children.stream().noneMatch(child -> matches(child, condition))) {
                return false;
            }
        }
        if (conditions.size() == inner.size()) {
            whole.add(data);
            return true;
        }
        boolean selected = !conditions.isEmpty();
        for (Element wanted : inner) {
            for (Element child : children) {
                selected |= select(child, wanted);
            }
        }
        if (selected) {
            part.add(data);
        }
        return selected;
    }

    private static boolean isCondition(Element filter) {
        return Xml.children(filter).isEmpty() && !Xml.text(filter).isEmpty();
    }

    private static boolean matches(Element data, Element condition) {
        return sameName(data, condition)
                && Xml.children(data).isEmpty()
                && data.getTextContent().strip().equals(Xml.text(condition));
    }

    /// A filter element without a namespace matches every namespace (§6.2.1).
    private static boolean sameName(Element data, Element filter) {
        String namespace = filter.getNamespaceURI();
        return data.getLocalName().equals(filter.getLocalName())
                && (namespace == null
                        || namespace.isEmpty()
                        || namespace.equals(Xml.BASE)
                        || namespace.equals(data.getNamespaceURI()));
    }

    private void prune(Element parent) {
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
