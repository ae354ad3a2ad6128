package net.testudo.agent.netconf;

import java.util.List;
import java.util.Optional;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.Xml;
import net.testudo.agent.xpath.SchemaXPath;
import net.testudo.agent.xpath.Scope;
import org.jaxen.JaxenException;
import org.jaxen.dom.NamespaceNode;
import org.w3c.dom.Attr;
import org.w3c.dom.DocumentFragment;
import org.w3c.dom.Element;
import org.w3c.dom.Text;

/// The XPath filter of RFC 6241 §8.9: any expression of XPath 1.0 that selects nodes, with the functions
/// of YANG, over all data that the client may read, with the prefixes that are declared where the filter
/// stands. What is selected comes with the way to it.
///
/// A name without a prefix is in no namespace, and matches nothing. `current()` is the root.
final class XPathFilter implements DataFilter {
    private static final String SELECT = "select";
    private static final int LENGTH_MAX = 8_192;
    private static final int DEPTH_MAX = 32;

    private final SchemaXPath schema;
    private final Element scope;
    private final String expression;

    private XPathFilter(Models models, Element scope, String expression) {
        schema = models.xpath();
        this.scope = scope;
        this.expression = expression;
    }

    /// The filter of RFC 6241, with the expression in an attribute.
    static XPathFilter ofAttribute(Models models, Element filter) throws RpcException {
        String plain = filter.getAttribute(SELECT);
        String expression = plain.isEmpty() ? filter.getAttributeNS(Xml.BASE, SELECT) : plain;
        if (expression.isEmpty()) {
            throw new RpcException(RpcError.protocol(
                            "missing-attribute", "a filter of type xpath has its expression in the attribute 'select'")
                    .withInfo("bad-attribute", SELECT)
                    .withInfo("bad-element", "filter"));
        }
        return new XPathFilter(models, filter, expression);
    }

    /// The filter of RFC 8526, with the expression as the value of a leaf.
    static XPathFilter ofLeaf(Models models, Element leaf) {
        return new XPathFilter(models, leaf, Xml.text(leaf));
    }

    @Override
    public Selection select(Element data) throws RpcException {
        DocumentFragment root = data.getOwnerDocument().createDocumentFragment();
        Xml.children(data).forEach(root::appendChild);
        Selection selection = new Selection();
        for (Object node : select(root)) {
            switch (node) {
                case NamespaceNode namespace -> selection.withAncestors((Element) namespace.getParentNode());
                case Element element -> selection.withAncestors(element);
                case Text text when text.getParentNode() instanceof Element element -> selection.withAncestors(element);
                case Attr attribute -> selection.withAncestors(attribute.getOwnerElement());
                default -> Xml.children(root).forEach(selection::whole);
            }
        }
        data.appendChild(root);
        return selection;
    }

    private List<?> select(DocumentFragment root) throws RpcException {
        demandSimple();
        Object result;
        try {
            Scope prefixes = Scope.ofPrefixes(prefix -> Optional.ofNullable(scope.lookupNamespaceURI(prefix)));
            result = schema.parse(expression, prefixes).evaluate(new BoundedNavigator(root), root);
        } catch (ClassCastException e) {
            // What Jaxen says of a path that goes on from a number or a string.
            throw refused("the XPath expression cannot be evaluated: it takes something for a node that is none");
        } catch (StackOverflowError e) {
            throw refused("the XPath expression cannot be evaluated: its operators are nested too deeply");
        } catch (JaxenException | BoundedNavigator.TooMuchWork e) {
            throw refused("the XPath expression cannot be evaluated: " + e.getMessage());
        }
        if (!(result instanceof List<?> nodes)) {
            throw refused("the XPath expression selects no nodes, it gives a " + type(result));
        }
        return nodes;
    }

    private static String type(Object result) {
        return switch (result) {
            case Number _ -> "number";
            case Boolean _ -> "boolean";
            default -> "string";
        };
    }

    /// The parser of expressions goes down with each bracket.
    private void demandSimple() throws RpcException {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < expression.length(); i++) {
            switch (expression.charAt(i)) {
                case '(', '[' -> deepest = Math.max(deepest, ++depth);
                case ')', ']' -> depth--;
                default -> {}
            }
        }
        if (expression.length() > LENGTH_MAX || deepest > DEPTH_MAX) {
            throw refused("an XPath expression has at most " + LENGTH_MAX + " characters, and brackets in at most "
                    + DEPTH_MAX + " others");
        }
    }

    private RpcException refused(String message) {
        RpcError error = RpcError.protocol("invalid-value", message).withInfo("bad-element", scope.getLocalName());
        return new RpcException(
                scope.getLocalName().equals("filter") ? error.withInfo("bad-attribute", SELECT) : error);
    }
}
