package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import net.testudo.agent.xpath.YangNavigator;
import org.jaxen.DefaultNavigator;
import org.jaxen.NamedAccessNavigator;
import org.jaxen.XPath;
import org.jspecify.annotations.Nullable;

/// The tree of [DataNode]s as Jaxen walks through it. It has elements and their texts, and nothing else. It tells what
/// is looked at.
final class DataNavigator extends DefaultNavigator implements NamedAccessNavigator, YangNavigator {
    private static final long serialVersionUID = 1;
    private static final Comparator<Object> ORDER = Comparator.comparing(DataNavigator::element, DataNode::compare)
            .thenComparing(node -> node instanceof DataNode.Text);

    private final transient OutsideReads reads;

    /// @param reads is told what is looked at
    DataNavigator(OutsideReads reads) {
        this.reads = reads;
    }

    /// The node itself, or the one that has the text.
    private static DataNode element(Object node) {
        return node instanceof DataNode.Text(var leaf) ? leaf : (DataNode) node;
    }

    @Override
    public List<Name> path(Object node) {
        List<Name> path = new ArrayList<>();
        for (DataNode at = node instanceof DataNode element ? element : null; at != null; at = at.parent()) {
            if (at.parent() != null) {
                path.add(new Name(at.namespace(), at.name()));
            }
        }
        return path.reversed();
    }

    @Override
    public Optional<Comparator<Object>> order() {
        return Optional.of(ORDER);
    }

    @Override
    public Iterator<?> getChildAxisIterator(Object node) {
        if (!(node instanceof DataNode parent)) {
            return Collections.emptyIterator();
        }
        reads.all(parent);
        DataNode.Text text = parent.text();
        return text == null
                ? parent.children().iterator()
                : Collections.singletonList(text).iterator();
    }

    @Override
    public Iterator<?> getChildAxisIterator(
            Object node, String name, @Nullable String prefix, @Nullable String namespace) {
        if (namespace == null || !(node instanceof DataNode parent)) {
            return Collections.emptyIterator();
        }
        reads.child(parent, name, namespace);
        List<DataNode> named = new ArrayList<>();
        for (DataNode child : parent.children(name)) {
            if (child.namespace().equals(namespace)) {
                named.add(child);
            }
        }
        return named.iterator();
    }

    @Override
    public Iterator<?> getParentAxisIterator(Object node) {
        Object parent = getParentNode(node);
        return parent == null
                ? Collections.emptyIterator()
                : Collections.singletonList(parent).iterator();
    }

    @Override
    public @Nullable Object getParentNode(Object node) {
        return node instanceof DataNode.Text(var leaf) ? leaf : element(node).parent();
    }

    @Override
    public Object getDocumentNode(Object node) {
        return element(node).root();
    }

    @Override
    public Iterator<?> getAttributeAxisIterator(Object node) {
        return Collections.emptyIterator();
    }

    @Override
    public Iterator<?> getAttributeAxisIterator(
            Object node, String name, @Nullable String prefix, @Nullable String namespace) {
        return Collections.emptyIterator();
    }

    @Override
    public Iterator<?> getNamespaceAxisIterator(Object node) {
        return Collections.emptyIterator();
    }

    @Override
    public boolean isElement(Object node) {
        return node instanceof DataNode element && element.parent() != null;
    }

    @Override
    public boolean isDocument(Object node) {
        return node instanceof DataNode element && element.parent() == null;
    }

    @Override
    public boolean isText(Object node) {
        return node instanceof DataNode.Text;
    }

    @Override
    public boolean isAttribute(Object node) {
        return false;
    }

    @Override
    public boolean isNamespace(Object node) {
        return false;
    }

    @Override
    public boolean isComment(Object node) {
        return false;
    }

    @Override
    public boolean isProcessingInstruction(Object node) {
        return false;
    }

    @Override
    public String getElementName(Object node) {
        return element(node).name();
    }

    @Override
    public String getElementQName(Object node) {
        return element(node).name();
    }

    @Override
    public String getElementNamespaceUri(Object node) {
        return element(node).namespace();
    }

    @Override
    public String getElementStringValue(Object node) {
        DataNode read = element(node);
        reads.all(read);
        return read.stringValue();
    }

    @Override
    public String getTextStringValue(Object node) {
        return element(node).value();
    }

    @Override
    public String getAttributeName(Object node) {
        throw nothing();
    }

    @Override
    public String getAttributeQName(Object node) {
        throw nothing();
    }

    @Override
    public String getAttributeNamespaceUri(Object node) {
        throw nothing();
    }

    @Override
    public String getAttributeStringValue(Object node) {
        throw nothing();
    }

    @Override
    public String getNamespacePrefix(Object node) {
        throw nothing();
    }

    @Override
    public String getNamespaceStringValue(Object node) {
        throw nothing();
    }

    @Override
    public String getCommentStringValue(Object node) {
        throw nothing();
    }

    @Override
    public XPath parseXPath(String text) {
        throw new UnsupportedOperationException("expressions are parsed with their scope");
    }

    private static IllegalArgumentException nothing() {
        return new IllegalArgumentException("no node of this tree is of that kind");
    }
}
