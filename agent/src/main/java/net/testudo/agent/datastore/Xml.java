package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.netconf.api.xml.XmlUtil;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// What is often asked of DOM trees.
public final class Xml {
    /// The namespace of NETCONF's base operations.
    public static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";

    private Xml() {}

    /// An empty document.
    public static Document document() {
        return XmlUtil.newDocument();
    }

    /// A new document whose only element is `name` in `namespace`.
    public static Element root(String namespace, String name) {
        Document document = document();
        Element root = document.createElementNS(namespace, name);
        document.appendChild(root);
        return root;
    }

    /// The child elements of `parent`.
    public static List<Element> children(Node parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /// The first child element with this local name, whatever its namespace.
    public static Optional<Element> child(Element parent, String name) {
        return children(parent).stream()
                .filter(e -> name.equals(e.getLocalName()))
                .findFirst();
    }

    /// The text of `element` without white space at both ends.
    public static String text(Element element) {
        return element.getTextContent().strip();
    }

    /// Appends an element with `text` to `parent`, in the parent's document.
    public static Element append(Element parent, String namespace, String name, String text) {
        Element element = parent.getOwnerDocument().createElementNS(namespace, name);
        if (!text.isEmpty()) {
            element.setTextContent(text);
        }
        parent.appendChild(element);
        return element;
    }
}
