package net.testudo.agent.xpath;

import org.jaxen.Context;
import org.jaxen.ContextSupport;
import org.jaxen.SimpleVariableContext;

/// One evaluation of an expression: what the functions of YANG know of it.
final class Evaluation extends ContextSupport {
    private static final long serialVersionUID = 1;
    private static final SimpleVariableContext NO_VARIABLES = new SimpleVariableContext();

    private final transient YangFunctions functions;
    private final transient YangNavigator tree;
    private final transient Scope scope;
    private final transient Object current;

    Evaluation(YangFunctions functions, YangNavigator tree, Scope scope, Object current) {
        // The parser has put namespaces in the place of prefixes.
        super(namespace -> namespace, functions, NO_VARIABLES, tree);
        this.functions = functions;
        this.tree = tree;
        this.scope = scope;
        this.current = current;
    }

    /// The one to which `context` belongs.
    static Evaluation of(Context context) {
        return (Evaluation) context.getContextSupport();
    }

    YangFunctions functions() {
        return functions;
    }

    YangNavigator tree() {
        return tree;
    }

    Scope scope() {
        return scope;
    }

    /// The node for which the whole expression is evaluated.
    Object current() {
        return current;
    }
}
