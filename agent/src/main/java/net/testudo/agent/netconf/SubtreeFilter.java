package net.testudo.agent.netconf;

import java.util.List;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// The subtree filter of RFC 6241 §6.
final class SubtreeFilter implements DataFilter {
    private final Element filter;

    /// @param filter the parameter of the read
    SubtreeFilter(Element filter) {
        this.filter = filter;
    }

    @Override
    public List<Element> subtrees() {
        return Xml.children(filter);
    }

    @Override
    public Selection select(Element data) {
        Selection selection = new Selection();
        List<Element> filters = Xml.children(filter);
        for (Element child : Xml.children(data)) {
            for (Element wanted : filters) {
                select(child, wanted, selection);
            }
        }
        return selection;
    }

    private static boolean select(Element data, Element filter, Selection selection) {
        if (!sameName(data, filter)) {
            return false;
        }
        List<Element> inner = Xml.children(filter);
        if (inner.isEmpty()) {
            boolean selected = Xml.text(filter).isEmpty() || matches(data, filter);
            if (selected) {
                selection.whole(data);
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
            selection.whole(data);
            return true;
        }
        boolean selected = !conditions.isEmpty();
        for (Element wanted : inner) {
            for (Element child : children) {
                selected |= select(child, wanted, selection);
            }
        }
        if (selected) {
            selection.part(data);
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
}
