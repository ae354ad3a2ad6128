package net.testudo.agent.xpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jaxen.FunctionCallException;
import org.jaxen.JaxenException;
import org.jaxen.UnresolvableException;
import org.jaxen.expr.BinaryExpr;
import org.jaxen.expr.DefaultXPathFactory;
import org.jaxen.expr.Expr;
import org.jaxen.expr.FunctionCallExpr;
import org.jaxen.expr.LiteralExpr;
import org.jaxen.expr.LocationPath;
import org.jaxen.expr.Step;
import org.jaxen.expr.VariableReferenceExpr;
import org.jaxen.saxpath.Axis;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;

/// Makes the parts of an expression for the parser, with namespaces in the place of prefixes.
final class ScopedFactory extends DefaultXPathFactory {
    private static final String ANY = "*";
    /// Bound in every document; Jaxen knows it.
    private static final String XML = "xml";

    private final Scope scope;
    private final YangFunctions functions;
    private final List<FunctionCallExpr> calls = new ArrayList<>();

    ScopedFactory(Scope scope, YangFunctions functions) {
        this.scope = scope;
        this.functions = functions;
    }

    @Override
    public Step createNameStep(int axis, String prefix, String name) throws JaxenException {
        return super.createNameStep(axis, namespace(axis, prefix, name), name);
    }

    private String namespace(int axis, String prefix, String name) throws UnresolvableException {
        if (prefix.equals(XML)) {
            return prefix;
        }
        if (!prefix.isEmpty()) {
            return scope.prefixes()
                    .apply(prefix)
                    .orElseThrow(() -> new UnresolvableException("the prefix '" + prefix + "' is not declared"));
        }
        boolean node = axis != Axis.ATTRIBUTE && axis != Axis.NAMESPACE && !name.equals(ANY);
        return node ? scope.names().orElse("") : "";
    }

    @Override
    public LocationPath createRelativeLocationPath() throws JaxenException {
        return new OrderedPath(super.createRelativeLocationPath());
    }

    @Override
    public LocationPath createAbsoluteLocationPath() throws JaxenException {
        return new OrderedPath(super.createAbsoluteLocationPath());
    }

    @Override
    public BinaryExpr createEqualityExpr(Expr left, Expr right, int operator) throws JaxenException {
        BinaryExpr plain = super.createEqualityExpr(left, right, operator);
        Optional<IdentitySchemaNode> named = identity(right);
        if (named.isPresent()) {
            return new IdentityEquality(plain, left, named.get());
        }
        return identity(left)
                .<BinaryExpr>map(identity -> new IdentityEquality(plain, right, identity))
                .orElse(plain);
    }

    /// The parser wraps a literal as if a path might follow.
    private Optional<IdentitySchemaNode> identity(Expr expression) {
        if (!(expression.simplify() instanceof LiteralExpr literal)
                || !literal.getLiteral().contains(":")) {
            return Optional.empty();
        }
        try {
            return Optional.of(functions.schema().identities().resolve(literal.getLiteral(), scope));
        } catch (FunctionCallException _) {
            return Optional.empty();
        }
    }

    @Override
    public VariableReferenceExpr createVariableReferenceExpr(String prefix, String name) throws JaxenException {
        throw new UnresolvableException("there are no variables, such as $" + name);
    }

    @Override
    public FunctionCallExpr createFunctionCallExpr(String prefix, String name) throws JaxenException {
        String full = prefix.isEmpty() ? name : prefix + ":" + name;
        functions.demand(full);
        FunctionCallExpr call = super.createFunctionCallExpr("", name);
        calls.add(call);
        return call;
    }

    /// The arguments are there only when all is parsed.
    void checkCalls() throws JaxenException {
        for (FunctionCallExpr call : calls) {
            functions.check(call.getFunctionName(), call.getParameters(), scope);
        }
    }
}
