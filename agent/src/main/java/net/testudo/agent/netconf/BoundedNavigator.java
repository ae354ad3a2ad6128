package net.testudo.agent.netconf;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.testudo.agent.datastore.Xml;
import net.testudo.agent.xpath.YangNavigator;
import org.jaxen.dom.DocumentNavigator;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.DocumentFragment;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// The data that an XPath expression is evaluated over. It counts the steps of the evaluation, and ends one that takes
/// too many: an expression of a few characters can want to look at every node for every node for every node.
final class BoundedNavigator extends DocumentNavigator implements YangNavigator {
    private static final long serialVersionUID = 1;
    /// A step takes some 0.1 us.
    private static final long STEPS_MAX = 20_000_000;
    /// As long as a step.
    private static final int CHARACTERS_PER_STEP = 16;

    /// The expression takes too many steps.
    static final class TooMuchWork extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuchWork() {
            super("it takes more than " + STEPS_MAX + " steps; select less, or with fewer nested conditions");
        }
    }

    private final transient DocumentFragment root;
    private long steps;
    private int unread;

    /// @param root what is the document for the expression
    BoundedNavigator(DocumentFragment root) {
        this.root = root;
    }

    private void count(long taken) {
        steps += taken;
        if (steps > STEPS_MAX) {
            throw new TooMuchWork();
        }
    }

    private Iterator<?> counted(Iterator<?> nodes) {
        return new Iterator<Object>() {
            @Override
            public boolean hasNext() {
                return nodes.hasNext();
            }

            @Override
            public Object next() {
                count(1);
                return nodes.next();
            }
        };
    }

    @Override
    public Iterator<?> getChildAxisIterator(Object node) {
        return counted(isDocument(node) ? Xml.children(root).iterator() : super.getChildAxisIterator(node));
    }

    @Override
    public Iterator<?> getParentAxisIterator(Object node) {
        return counted(super.getParentAxisIterator(node));
    }

    @Override
    public Iterator<?> getFollowingSiblingAxisIterator(Object node) {
        return counted(super.getFollowingSiblingAxisIterator(node));
    }

    @Override
    public Iterator<?> getPrecedingSiblingAxisIterator(Object node) {
        return counted(super.getPrecedingSiblingAxisIterator(node));
    }

    @Override
    public Iterator<?> getFollowingAxisIterator(Object node) {
        return counted(super.getFollowingAxisIterator(node));
    }

    @Override
    public Iterator<?> getAttributeAxisIterator(Object node) {
        return counted(super.getAttributeAxisIterator(node));
    }

    @Override
    public Iterator<?> getNamespaceAxisIterator(Object node) {
        return counted(super.getNamespaceAxisIterator(node));
    }

    @Override
    public Object getParentNode(Object node) {
        count(1);
        return super.getParentNode(node);
    }

    @Override
    public String getElementStringValue(Object node) {
        String value = super.getElementStringValue(node);
        count(1 + value.length() / CHARACTERS_PER_STEP);
        return value;
    }

    @Override
    public void read(int characters) {
        unread += characters;
        count(unread / CHARACTERS_PER_STEP);
        unread %= CHARACTERS_PER_STEP;
    }

    @Override
    public List<Name> path(Object node) {
        List<Name> path = new ArrayList<>();
        for (Node at = (Node) node; at instanceof Element element; at = element.getParentNode()) {
            count(1);
            path.add(new Name(String.valueOf(element.getNamespaceURI()), element.getLocalName()));
        }
        return path.reversed();
    }

    @Override
    public Object getDocumentNode(Object node) {
        return root;
    }

    /// No node of our data has an identifier in the sense of XML.
    @Override
    public @Nullable Object getElementById(Object node, String id) {
        return null;
    }

    @Override
    public boolean isDocument(Object node) {
        return node instanceof Node other && root.isSameNode(other);
    }
}
