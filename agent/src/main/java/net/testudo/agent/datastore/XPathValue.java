package net.testudo.agent.datastore;

import java.util.List;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryOperator;

/// A value of XPath 1.0 with its conversions (§3.4, §4).
sealed interface XPathValue {
    /// A set of nodes, in document order as far as it matters to YANG.
    record Nodes(List<DataNode> nodes) implements XPathValue {}

    /// A boolean.
    record Truth(boolean value) implements XPathValue {}

    /// A number.
    record Figure(double value) implements XPathValue {}

    /// A string.
    record Text(String value) implements XPathValue {}

    /// The value of a Java object: Boolean, Double, String or a list of [DataNode].
    static XPathValue of(Object value) {
        return switch (value) {
            case Boolean truth -> new Truth(truth);
            case Double number -> new Figure(number);
            case String text -> new Text(text);
            case List<?> nodes ->
                new Nodes(nodes.stream().map(DataNode.class::cast).toList());
            default -> throw new IllegalArgumentException("no XPath value: " + value.getClass());
        };
    }

    /// As a boolean.
    default boolean toBoolean() {
        return switch (this) {
            case Nodes(var nodes) -> !nodes.isEmpty();
            case Truth(var value) -> value;
            case Figure(var value) -> value != 0 && !Double.isNaN(value);
            case Text(var value) -> !value.isEmpty();
        };
    }

    /// As a number; NaN if it is none.
    default double toNumber() {
        return switch (this) {
            case Truth(var value) -> value ? 1 : 0;
            case Figure(var value) -> value;
            case Nodes _, Text _ -> parse(toText());
        };
    }

    /// As a string.
    default String toText() {
        return switch (this) {
            case Nodes(var nodes) -> nodes.isEmpty() ? "" : nodes.getFirst().value();
            case Truth(var value) -> Boolean.toString(value);
            case Figure(var value) -> value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
            case Text(var value) -> value;
        };
    }

    /// As nodes.
    ///
    /// @throws UnsupportedOperationException if it is no set of nodes
    default List<DataNode> toNodes() {
        if (this instanceof Nodes(var nodes)) {
            return nodes;
        }
        throw new UnsupportedOperationException("not a set of nodes: " + this);
    }

    /// Compares as §3.4 says: a set of nodes matches if one of its nodes does.
    default boolean compare(YangBinaryOperator operator, XPathValue right) {
        if (this instanceof Nodes(var nodes) && !(right instanceof Truth)) {
            return nodes.stream().anyMatch(node -> new Text(node.value()).compare(operator, right));
        }
        if (right instanceof Nodes(var nodes) && !(this instanceof Truth)) {
            return nodes.stream().anyMatch(node -> compare(operator, new Text(node.value())));
        }
        return switch (operator) {
            case EQUALS -> same(right);
            case NOT_EQUALS -> !same(right);
            case GT -> toNumber() > right.toNumber();
            case GTE -> toNumber() >= right.toNumber();
            case LT -> toNumber() < right.toNumber();
            case LTE -> toNumber() <= right.toNumber();
            default -> throw new UnsupportedOperationException("comparison " + operator);
        };
    }

    private boolean same(XPathValue right) {
        if (this instanceof Truth || right instanceof Truth) {
            return toBoolean() == right.toBoolean();
        }
        if (this instanceof Figure || right instanceof Figure) {
            return toNumber() == right.toNumber();
        }
        return toText().equals(right.toText());
    }

    private static double parse(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
