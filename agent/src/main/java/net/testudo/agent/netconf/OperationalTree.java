package net.testudo.agent.netconf;

import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// The operational datastore as XML, with the origin of its configuration (RFC 8342 §5.3.4): intended
/// for what was set, default for what is in use since nobody set it, system for containers that only
/// hold state. What has the origin of its parent is not marked.
final class OperationalTree {
    private static final String ORIGIN = "urn:ietf:params:xml:ns:yang:ietf-origin";
    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";
    private static final String NAME = "or:origin";
    private static final String INTENDED = "or:intended";
    private static final String DEFAULT = "or:default";
    private static final String SYSTEM = "or:system";

    private final CanonicalXml xml;

    OperationalTree(CanonicalXml xml) {
        this.xml = xml;
    }

    /// Fills `data`.
    ///
    /// @param shown the configuration in use
    /// @param state all state
    /// @param origins whether origins are marked
    void fill(Element data, Datastores.Shown shown, String state, boolean origins) throws CanonicalFormException {
        if (!origins) {
            xml.append(data, shown.configured() + shown.defaults() + state);
            return;
        }
        declare(data);
        CanonicalXml.Tree tree = xml.into(data);
        tree.append(shown.configured(), made -> {
            if (isTop(data, made)) {
                mark(made, INTENDED);
            }
        });
        tree.append(shown.defaults(), made -> {
            if (!DEFAULT.equals(originOf(made.getParentNode() instanceof Element parent ? parent : data))) {
                mark(made, DEFAULT);
            }
        });
        tree.append(state, made -> {});
        for (Element top : Xml.children(data)) {
            if (top.getAttributeNS(ORIGIN, "origin").isEmpty() && xml.isConfiguration(top)) {
                mark(top, SYSTEM);
            }
        }
    }

    private static boolean isTop(Element data, Element made) {
        return data.equals(made.getParentNode());
    }

    /// Declares the prefix that marks have.
    static void declare(Element element) {
        element.setAttributeNS(XMLNS, "xmlns:or", ORIGIN);
    }

    /// Marks an element with its origin.
    static void mark(Element element, String origin) {
        element.setAttributeNS(ORIGIN, NAME, origin);
    }

    /// The mark of an element or of the next one above it that has one, or an empty text.
    static String originOf(Element element) {
        Element at = element;
        while (at.getAttributeNS(ORIGIN, "origin").isEmpty() && at.getParentNode() instanceof Element above) {
            at = above;
        }
        return at.getAttributeNS(ORIGIN, "origin");
    }
}
