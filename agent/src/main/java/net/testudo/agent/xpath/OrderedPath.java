package net.testudo.agent.xpath;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jaxen.Context;
import org.jaxen.ContextSupport;
import org.jaxen.JaxenException;
import org.jaxen.expr.Expr;
import org.jaxen.expr.LocationPath;
import org.jaxen.expr.Step;
import org.jaxen.saxpath.Axis;

/// A location path that gives its nodes in the order of the document without looking for that order at
/// each node's siblings, as Jaxen's own does after every path of two steps: that is the square of the
/// length of a list.
///
/// Down and up by single levels from one node, the order is there already. In other paths the tree is
/// asked for it.
final class OrderedPath implements LocationPath {
    private static final long serialVersionUID = 1;

    private final LocationPath path;
    private boolean byLevels = true;

    OrderedPath(LocationPath path) {
        this.path = path;
    }

    @Override
    public Object evaluate(Context context) throws JaxenException {
        ContextSupport support = context.getContextSupport();
        List<?> nodes = start(context);
        Optional<Comparator<Object>> order = Optional.empty();
        if (!byLevels || nodes.size() > 1) {
            order = Evaluation.of(context).tree().order();
            if (order.isEmpty()) {
                return path.evaluate(context);
            }
        }
        Context at = new Context(support);
        for (Object each : path.getSteps()) {
            Step step = (Step) each;
            at.setNodeSet(nodes);
            List<?> next = step.evaluate(at);
            if (isReverse(step.getAxis())) {
                next = next.reversed();
            }
            nodes = next;
        }
        List<Object> found = new ArrayList<>(nodes);
        order.ifPresent(found::sort);
        return found;
    }

    private List<?> start(Context context) {
        List<?> nodes = context.getNodeSet();
        if (!path.isAbsolute() || nodes.isEmpty()) {
            return nodes;
        }
        return Collections.singletonList(context.getNavigator().getDocumentNode(nodes.getFirst()));
    }

    private static boolean isReverse(int axis) {
        return switch (axis) {
            case Axis.PRECEDING, Axis.PRECEDING_SIBLING, Axis.ANCESTOR, Axis.ANCESTOR_OR_SELF -> true;
            default -> false;
        };
    }

    @Override
    public void addStep(Step step) {
        path.addStep(step);
        byLevels &= switch (step.getAxis()) {
            case Axis.SELF, Axis.CHILD, Axis.PARENT, Axis.ATTRIBUTE -> true;
            default -> false;
        };
    }

    @Override
    public List<?> getSteps() {
        return path.getSteps();
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    public String getText() {
        return path.getText();
    }

    @Override
    public Expr simplify() {
        path.simplify();
        return this;
    }
}
