package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
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

    /// Whether the top-level node `element` is configuration.
    public boolean isConfiguration(Element element) {
        return models.moduleOf(element.getNamespaceURI())
                .flatMap(module -> models.qualify(module, element.getLocalName()))
                .flatMap(models.context()::findDataTreeChild)
                .flatMap(DataSchemaNode::effectiveConfig)
                .orElse(true);
    }

    void append(Element parent, List<CanonicalLine> lines) throws CanonicalFormException {
        new Tree(parent).append(lines, _ -> {});
    }

    /// Begins to fill `parent`, an element of its own for all top-level nodes.
    public Tree into(Element parent) {
        return new Tree(parent);
    }

    /// An element that is filled by one text after the other.
    public final class Tree {
        private final IdentityHashMap<Element, Map<CanonicalPath.Step, Element>> known = new IdentityHashMap<>();
        /// Of the line before, which mostly has the same parent; one more element than steps, the root first.
        private List<CanonicalPath.Step> lastSteps = List.of();
        private List<Element> lastElements;

        private Tree(Element root) {
            lastElements = List.of(root);
        }

        /// Appends what `text` says.
        ///
        /// @param made is given each element that was not there, but keys; parents first
        public void append(String text, Consumer<Element> made) throws CanonicalFormException {
            append(CanonicalLine.parseAll(text), made);
        }

        private void append(List<CanonicalLine> lines, Consumer<Element> made) throws CanonicalFormException {
            for (CanonicalLine line : lines) {
                List<CanonicalPath.Step> steps = line.path().steps();
                int same = 0;
                while (same < Math.min(steps.size(), lastSteps.size())
                        && steps.get(same).equals(lastSteps.get(same))) {
                    same++;
                }
                List<Element> elements = new ArrayList<>(lastElements.subList(0, same + 1));
                for (CanonicalPath.Step step : steps.subList(same, steps.size())) {
                    elements.add(child(elements.getLast(), step, made));
                }
                if (line.value() != null) {
                    Element element = elements.getLast();
                    element.setTextContent(line.value());
                    models.prefixedLeaves().declare(element, steps.getLast().module(), line.value());
                }
                lastSteps = steps;
                lastElements = elements;
            }
        }

        private Element child(Element parent, CanonicalPath.Step step, Consumer<Element> made)
                throws CanonicalFormException {
            Map<CanonicalPath.Step, Element> children = known.computeIfAbsent(parent, _ -> new HashMap<>());
            Element child = children.get(step);
            if (child == null) {
                child = create(parent, step);
                children.put(step, child);
                made.accept(child);
            }
            return child;
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
                models.prefixedLeaves().declare(leaf, step.module(), key.value());
                element.appendChild(leaf);
            }
        }
        return element;
    }
}
