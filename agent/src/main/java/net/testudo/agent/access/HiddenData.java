package net.testudo.agent.access;

import java.util.List;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// Takes away what somebody may not read, with all that is below it (RFC 8341 §3.2.4). An entry of a list whose key may
/// not be read goes as a whole; so does a container that would be left empty, because it would tell that there is
/// something.
final class HiddenData {
    private final Models models;

    HiddenData(Models models) {
        this.models = models;
    }

    void hide(Element parent, NodeAccess at) {
        for (Element child : Xml.children(parent)) {
            String module =
                    models.moduleOf(String.valueOf(child.getNamespaceURI())).orElse("");
            NodeAccess node = at.child(module, child.getLocalName(), key -> value(child, key));
            if (!node.decide(AccessOperation.READ).permitted() || !keepsSomething(child, node)) {
                parent.removeChild(child);
            }
        }
    }

    private boolean keepsSomething(Element element, NodeAccess node) {
        List<Element> children = Xml.children(element);
        if (children.isEmpty()) {
            return true;
        }
        long keys = children.stream().filter(CanonicalXml::isKey).count();
        hide(element, node);
        List<Element> left = Xml.children(element);
        return !left.isEmpty() && left.stream().filter(CanonicalXml::isKey).count() == keys;
    }

    private static String value(Element element, String key) {
        return key.equals(".")
                ? element.getTextContent()
                : Xml.child(element, key).map(Element::getTextContent).orElse("");
    }
}
