package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryOperator;
import org.opendaylight.yangtools.yang.xpath.api.YangBooleanConstantExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLiteralExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangNaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangNegateExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangNumberExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangQNameExpr;

/// Evaluates the parsed expressions of a schema over [DataNode]s: XPath 1.0 as far as YANG modules use it
/// (no positions, no `deref`, `derived-from`, `re-match`, `enum-value`, `bit-is-set`, no variables).
///
/// Every method throws an UnsupportedOperationException for what it does not know: the module cannot be used.
final class XPathEvaluator {
    /// The node for which the expression is evaluated (`current()`) and the node it stands at.
    private record Focus(DataNode current, DataNode context) {}

    /// Whether `expression` holds for `node`.
    boolean holds(YangExpr expression, DataNode node) {
        return XPathValue.of(eval(expression, new Focus(node, node))).toBoolean();
    }

    /// Whether the schema allows `node` where it stands: it has no `when`, or that holds.
    boolean applies(DataNode node) {
        DataSchemaNode schema = node.schema();
        return schema == null
                || schema.getWhenCondition()
                        .map(when -> holds(when.getRootExpr(), node))
                        .orElse(true);
    }

    /// The nodes to which `path` leads from `node`.
    List<DataNode> select(YangLocationPath path, DataNode node) {
        return location(path, new Focus(node, node));
    }

    private Object eval(YangExpr expression, Focus at) {
        return switch (expression) {
            case YangBooleanConstantExpr constant -> constant.getValue();
            case YangLiteralExpr literal -> literal.getLiteral();
            case YangNumberExpr number -> number.getNumber().doubleValue();
            case YangNegateExpr negated -> -number(negated.getSubExpr(), at);
            case YangNaryExpr nary -> nary(nary, at);
            case YangBinaryExpr binary -> binary(binary, at);
            case YangLocationPath path -> location(path, at);
            case YangPathExpr path -> path(path, at);
            case YangFunctionCallExpr call -> call(call, at);
            case YangQNameExpr name -> throw new UnsupportedOperationException("name outside a path: " + name);
            default -> throw new UnsupportedOperationException("expression " + expression);
        };
    }

    private boolean truth(YangExpr expression, Focus at) {
        return XPathValue.of(eval(expression, at)).toBoolean();
    }

    private double number(YangExpr expression, Focus at) {
        return XPathValue.of(eval(expression, at)).toNumber();
    }

    private String string(YangExpr expression, Focus at) {
        return XPathValue.of(eval(expression, at)).toText();
    }

    private List<DataNode> nodes(YangExpr expression, Focus at) {
        return XPathValue.of(eval(expression, at)).toNodes();
    }

    private Object nary(YangNaryExpr nary, Focus at) {
        Set<YangExpr> operands = nary.getExpressions();
        return switch (nary.getOperator()) {
            case AND -> operands.stream().allMatch(operand -> truth(operand, at));
            case OR -> operands.stream().anyMatch(operand -> truth(operand, at));
            case UNION ->
                new ArrayList<>(operands.stream()
                        .flatMap(operand -> nodes(operand, at).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
        };
    }

    private Object binary(YangBinaryExpr binary, Focus at) {
        YangExpr left = binary.getLeftExpr();
        YangExpr right = binary.getRightExpr();
        YangBinaryOperator operator = binary.getOperator();
        return switch (operator) {
            case PLUS -> number(left, at) + number(right, at);
            case MINUS -> number(left, at) - number(right, at);
            case MUL -> number(left, at) * number(right, at);
            case DIV -> number(left, at) / number(right, at);
            case MOD -> number(left, at) % number(right, at);
            case EQUALS, NOT_EQUALS, GT, GTE, LT, LTE ->
                XPathValue.of(eval(left, at)).compare(operator, XPathValue.of(eval(right, at)));
        };
    }

    private List<DataNode> path(YangPathExpr path, Focus at) {
        List<DataNode> from = nodes(path.getFilterExpr(), at);
        if (path.getLocationPath().isEmpty()) {
            return from;
        }
        Set<DataNode> found = new LinkedHashSet<>();
        for (DataNode node : from) {
            found.addAll(location(path.getLocationPath().get(), new Focus(at.current, node)));
        }
        return new ArrayList<>(found);
    }

    private List<DataNode> location(YangLocationPath path, Focus at) {
        List<DataNode> nodes = List.of(path.isAbsolute() ? at.context.root() : at.context);
        for (YangLocationPath.Step step : path.getSteps()) {
            Set<DataNode> next = new LinkedHashSet<>();
            for (DataNode node : nodes) {
                follow(step, node, next);
            }
            for (YangExpr predicate : step.getPredicates()) {
                next.removeIf(node -> !truth(predicate, new Focus(at.current, node)));
            }
            nodes = new ArrayList<>(next);
        }
        return nodes;
    }

    private static void follow(YangLocationPath.Step step, DataNode node, Set<DataNode> found) {
        switch (step.getAxis()) {
            case SELF -> found.add(node);
            case PARENT -> {
                DataNode parent = node.parent();
                if (parent != null) {
                    found.add(parent);
                }
            }
            case CHILD ->
                node.children().stream().filter(child -> matches(step, child)).forEach(found::add);
            case DESCENDANT_OR_SELF -> descend(node, found);
            default -> throw new UnsupportedOperationException("axis " + step.getAxis());
        }
    }

    private static void descend(DataNode node, Set<DataNode> found) {
        found.add(node);
        node.children().forEach(child -> descend(child, found));
    }

    private static boolean matches(YangLocationPath.Step step, DataNode node) {
        DataSchemaNode schema = node.schema();
        if (schema == null) {
            return false;
        }
        QName name = schema.getQName();
        return switch (step) {
            case YangLocationPath.ResolvedQNameStep resolved ->
                resolved.getQName().equals(name);
            case YangLocationPath.UnresolvedQNameStep plain ->
                plain.getQName().getLocalName().equals(name.getLocalName());
            default -> true;
        };
    }

    private Object call(YangFunctionCallExpr call, Focus at) {
        List<YangExpr> arguments = call.getArguments();
        String name = call.getName().getLocalName();
        return switch (name) {
            case "current" -> List.of(at.current);
            case "not" -> !truth(arguments.getFirst(), at);
            case "boolean" -> truth(arguments.getFirst(), at);
            case "true" -> true;
            case "false" -> false;
            case "count" -> (double) nodes(arguments.getFirst(), at).size();
            case "sum" ->
                nodes(arguments.getFirst(), at).stream()
                        .mapToDouble(node -> XPathValue.of(List.of(node)).toNumber())
                        .sum();
            case "number" -> arguments.isEmpty() ? own(at).toNumber() : number(arguments.getFirst(), at);
            case "string" -> arguments.isEmpty() ? own(at).toText() : string(arguments.getFirst(), at);
            case "string-length" ->
                (double) (arguments.isEmpty() ? own(at).toText() : string(arguments.getFirst(), at)).length();
            case "concat" ->
                arguments.stream().map(argument -> string(argument, at)).collect(Collectors.joining());
            case "contains", "starts-with", "substring-before", "substring-after" ->
                search(name, string(arguments.get(0), at), string(arguments.get(1), at));
            default -> throw new UnsupportedOperationException("function " + name);
        };
    }

    private static XPathValue own(Focus at) {
        return XPathValue.of(List.of(at.context));
    }

    private static Object search(String function, String text, String part) {
        int found = text.indexOf(part);
        return switch (function) {
            case "contains" -> found >= 0;
            case "starts-with" -> found == 0;
            case "substring-before" -> found < 0 ? "" : text.substring(0, found);
            default -> found < 0 ? "" : text.substring(found + part.length());
        };
    }
}
