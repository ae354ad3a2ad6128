package net.testudo.agent.xpath;

import java.util.List;
import java.util.Optional;
import org.jaxen.Context;
import org.jaxen.JaxenException;
import org.jaxen.expr.BinaryExpr;
import org.jaxen.expr.EqualityExpr;
import org.jaxen.expr.Expr;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;

/// `=` or `!=` with a string that names an identity, such as `../map-type = 'x509c2n:specified'` of RFC
/// 7407. Before `derived-from` there was no other way to ask for one. The prefix is that of the
/// expression, not that of the value.
final class IdentityEquality implements EqualityExpr {
    private static final long serialVersionUID = 1;

    private final BinaryExpr plain;
    private final transient IdentitySchemaNode wanted;
    private Expr other;

    /// @param plain what is written
    /// @param other what the string is compared with
    /// @param wanted the identity that the string names
    IdentityEquality(BinaryExpr plain, Expr other, IdentitySchemaNode wanted) {
        this.plain = plain;
        this.other = other;
        this.wanted = wanted;
    }

    @Override
    public Object evaluate(Context context) throws JaxenException {
        if (!(other.evaluate(context) instanceof List<?> nodes)) {
            return plain.evaluate(context);
        }
        Evaluation evaluation = Evaluation.of(context);
        boolean equal = plain.getOperator().equals("=");
        for (Object node : nodes) {
            Optional<IdentitySchemaNode> identity =
                    evaluation.functions().schema().identity(evaluation.tree(), node);
            if (identity.isEmpty()) {
                return plain.evaluate(context);
            }
            if (identity.get().equals(wanted) == equal) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Expr getLHS() {
        return plain.getLHS();
    }

    @Override
    public Expr getRHS() {
        return plain.getRHS();
    }

    @Override
    public String getOperator() {
        return plain.getOperator();
    }

    @Override
    public String getText() {
        return plain.getText();
    }

    @Override
    public Expr simplify() {
        plain.simplify();
        other = other.simplify();
        return this;
    }
}
