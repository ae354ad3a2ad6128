package net.testudo.agent.xpath;

import java.util.Collections;
import java.util.List;
import org.jaxen.Context;
import org.jaxen.JaxenException;
import org.jaxen.JaxenHandler;
import org.jaxen.XPathSyntaxException;
import org.jaxen.expr.Expr;
import org.jaxen.function.BooleanFunction;
import org.jaxen.saxpath.SAXPathException;
import org.jaxen.saxpath.base.XPathReader;

/// A parsed expression. All that can be known to be wrong without data is found by parsing: unknown
/// functions, prefixes and identities, and arguments that do not fit.
public final class YangXPath {
    private final Expr root;
    private final Scope scope;
    private final YangFunctions functions;

    private YangXPath(Expr root, Scope scope, YangFunctions functions) {
        this.root = root;
        this.scope = scope;
        this.functions = functions;
    }

    static YangXPath parse(String text, Scope scope, YangFunctions functions) throws JaxenException {
        ScopedFactory factory = new ScopedFactory(scope, functions);
        JaxenHandler handler = new JaxenHandler();
        handler.setXPathFactory(factory);
        XPathReader reader = new XPathReader();
        reader.setXPathHandler(handler);
        try {
            reader.parse(text);
        } catch (org.jaxen.saxpath.XPathSyntaxException e) {
            throw new XPathSyntaxException(e);
        } catch (JaxenException e) {
            throw e;
        } catch (SAXPathException e) {
            throw new JaxenException(e);
        }
        // This also takes away what the parser wraps the arguments of functions in.
        Expr root = handler.getXPathExpr().getRootExpr();
        factory.checkCalls();
        return new YangXPath(root, scope, functions);
    }

    /// The value for `node`, which is also `current()`: a List of nodes, a String, a Double or a
    /// Boolean.
    public Object evaluate(YangNavigator tree, Object node) throws JaxenException {
        Context context = new Context(new Evaluation(functions, tree, scope, node));
        context.setNodeSet(Collections.singletonList(node));
        context.setPosition(1);
        return root.evaluate(context);
    }

    /// Whether it is true for `node`.
    public boolean holds(YangNavigator tree, Object node) throws JaxenException {
        return BooleanFunction.evaluate(evaluate(tree, node), tree);
    }

    /// The nodes to which it leads from `node`.
    ///
    /// @throws JaxenException also if it is no expression that gives nodes
    public List<?> select(YangNavigator tree, Object node) throws JaxenException {
        if (evaluate(tree, node) instanceof List<?> nodes) {
            return nodes;
        }
        throw new JaxenException("it selects no nodes");
    }
}
