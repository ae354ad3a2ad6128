package net.testudo.agent.netconf;

import java.util.Collections;
import java.util.Iterator;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathEvaluationResult;
import javax.xml.xpath.XPathEvaluationResult.XPathResultType;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathFactoryConfigurationException;
import javax.xml.xpath.XPathNodes;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Attr;
import org.w3c.dom.DocumentFragment;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

/// The XPath filter of RFC 6241 §8.9: any expression of XPath 1.0 that selects nodes, over all data that the client may
/// read, with the prefixes that are declared where the filter stands. What is selected comes with the way to it.
///
/// A name without a prefix is in no namespace, and matches nothing.
final class XPathFilter implements DataFilter {
    private static final String SELECT = "select";

    private final Element scope;
    private final String expression;

    private XPathFilter(Element scope, String expression) {
        this.scope = scope;
        this.expression = expression;
    }

    /// The filter of RFC 6241, with the expression in an attribute.
    static XPathFilter ofAttribute(Element filter) throws RpcException {
        String plain = filter.getAttribute(SELECT);
        String expression = plain.isEmpty() ? filter.getAttributeNS(Xml.BASE, SELECT) : plain;
        if (expression.isEmpty()) {
            throw new RpcException(RpcError.protocol(
                            "missing-attribute", "a filter of type xpath has its expression in the attribute 'select'")
                    .withInfo("bad-attribute", SELECT)
                    .withInfo("bad-element", "filter"));
        }
        return new XPathFilter(filter, expression);
    }

    /// The filter of RFC 8526, with the expression as the value of a leaf.
    static XPathFilter ofLeaf(Element leaf) {
        return new XPathFilter(leaf, Xml.text(leaf));
    }

    @Override
    public void apply(Element data, int depth) throws RpcException {
        DocumentFragment root = data.getOwnerDocument().createDocumentFragment();
        Xml.children(data).forEach(root::appendChild);
        Selection selection = new Selection();
        for (Node node : select(root)) {
            switch (node) {
                case Element element -> selection.withAncestors(element);
                case Text text when text.getParentNode() instanceof Element element -> selection.withAncestors(element);
                case Attr attribute -> selection.withAncestors(attribute.getOwnerElement());
                default -> Xml.children(root).forEach(selection::whole);
            }
        }
        selection.prune(root, depth);
        data.appendChild(root);
    }

    private XPathNodes select(DocumentFragment root) throws RpcException {
        XPathEvaluationResult<?> result;
        try {
            result = xpath().compile(expression).evaluateExpression(root);
        } catch (XPathExpressionException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw refused("the XPath expression cannot be evaluated: " + cause.getMessage());
        }
        if (result.type() != XPathResultType.NODESET) {
            throw refused("the XPath expression selects no nodes, it gives a " + result.type());
        }
        return (XPathNodes) result.value();
    }

    private RpcException refused(String message) {
        RpcError error = RpcError.protocol("invalid-value", message).withInfo("bad-element", scope.getLocalName());
        return new RpcException(
                scope.getLocalName().equals("filter") ? error.withInfo("bad-attribute", SELECT) : error);
    }

    private XPath xpath() {
        XPathFactory factory = XPathFactory.newDefaultInstance();
        try {
            // No function but those of XPath's core: the others reach out of the data.
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        } catch (XPathFactoryConfigurationException e) {
            throw new IllegalStateException("XPath cannot be confined to the data", e);
        }
        XPath xpath = factory.newXPath();
        xpath.setNamespaceContext(new Scope(scope));
        return xpath;
    }

    /// The prefixes that are declared for an element.
    private record Scope(Element element) implements NamespaceContext {
        @Override
        public String getNamespaceURI(String prefix) {
            String namespace = element.lookupNamespaceURI(prefix);
            return namespace == null ? XMLConstants.NULL_NS_URI : namespace;
        }

        @Override
        public String getPrefix(String namespace) {
            return element.lookupPrefix(namespace);
        }

        @Override
        public Iterator<String> getPrefixes(String namespace) {
            return Collections.emptyIterator();
        }
    }
}
