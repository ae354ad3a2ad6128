package net.testudo.agent.datastore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Canonical lines as XML, in the order in which paths first appear.
public final class CanonicalXml {
    private static final String KEY = "testudo.key";

    private final Models models;

    /// @param models give the namespaces of module names
    public CanonicalXml(Models models) {
        this.models = models;
    }

    /// Appends what `text` says to `parent`.
    ///
    /// @param parent an element of its own for all top-level nodes, such as `data`
    public void append(Element parent, String text) throws CanonicalFormException {
        append(parent, CanonicalLine.parseAll(text));
    }

    /// Whether `element`, which this class made, is a key of its list entry.
    public static boolean isKey(Element element) {
        return element.getUserData(KEY) != null;
    }

    void append(Element parent, List<CanonicalLine> lines) throws CanonicalFormException {
        Map<List<CanonicalPath.Step>, Element> known = new HashMap<>();
        for (CanonicalLine line : lines) {
            List<CanonicalPath.Step> steps = line.path().steps();
            Element element = parent;
            for (int depth = 1; depth <= steps.size(); depth++) {
                List<CanonicalPath.Step> prefix = steps.subList(0, depth);
                Element child = known.get(prefix);
                if (child == null) {
                    child = create(element, prefix.getLast());
                    known.put(List.copyOf(prefix), child);
                }
                element = child;
            }
            if (line.value() != null) {
                element.setTextContent(line.value());
                CanonicalPath.Step leaf = steps.getLast();
                if (models.pathLeaves().has(leaf.module(), leaf.name())) {
                    models.pathLeaves().declare(element, line.value());
                }
            }
        }
    }

    private Element create(Element parent, CanonicalPath.Step step) throws CanonicalFormException {
        String namespace = models.namespace(step.module())
                .orElseThrow(() -> new CanonicalFormException("unknown module " + step.module()));
        Document document = parent.getOwnerDocument();
        Element element = document.createElementNS(namespace, step.name());
        parent.appendChild(element);
        for (CanonicalPath.Key key : step.keys()) {
            if (key.name().equals(".")) {
                element.setTextContent(key.value());
            } else {
                Element leaf = document.createElementNS(namespace, key.name());
                leaf.setTextContent(key.value());
                leaf.setUserData(KEY, true, null);
                element.appendChild(leaf);
            }
        }
        return element;
    }
}
