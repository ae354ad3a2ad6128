package net.testudo.agent.access;

import java.util.Optional;
import java.util.function.UnaryOperator;
import net.testudo.agent.datastore.NodeInstanceIdentifier;

/// What one user may do at one data node. Goes down the tree step by step: each step costs a comparison for each rule,
/// however deep the node is.
final class NodeAccess {
    private static final int NEVER = -1;

    private final DataRules rules;
    private final String module;
    /// How many steps of the path of each rule lead to here; NEVER if the rule is for other places.
    private final int[] matched;

    private NodeAccess(DataRules rules, String module, int[] matched) {
        this.rules = rules;
        this.module = module;
        this.matched = matched;
    }

    /// The root, above all data.
    static NodeAccess root(DataRules rules) {
        return new NodeAccess(rules, "", new int[rules.size()]);
    }

    /// A child.
    ///
    /// @param name of the node, in `module`
    /// @param keys value of a key of the child by name, `.` for the value of an entry of a leaf-list; empty if it
    ///     is unknown
    NodeAccess child(String childModule, String name, UnaryOperator<String> keys) {
        int[] below = new int[matched.length];
        for (int rule = 0; rule < matched.length; rule++) {
            below[rule] = step(rule, childModule, name, keys);
        }
        return new NodeAccess(rules, childModule, below);
    }

    private int step(int rule, String childModule, String name, UnaryOperator<String> keys) {
        int steps = rules.steps(rule);
        if (matched[rule] == NEVER || matched[rule] == steps) {
            return matched[rule];
        }
        NodeInstanceIdentifier.Step wanted = rules.step(rule, matched[rule]);
        if (!wanted.name().equals(name) || !wanted.module().equals(childModule)) {
            return NEVER;
        }
        for (NodeInstanceIdentifier.Predicate predicate : wanted.predicates()) {
            Optional<String> value = predicate.value();
            if (!keys.apply(predicate.name()).equals(value.isPresent() ? value.get() : rules.user())) {
                return NEVER;
            }
        }
        return matched[rule] + 1;
    }

    /// What is decided here.
    AccessDecision decide(AccessOperation operation) {
        for (int rule = 0; rule < matched.length; rule++) {
            if (matched[rule] == rules.steps(rule) && rules.isFor(rule, module, operation)) {
                return rules.decision(rule);
            }
        }
        return rules.otherwise(operation);
    }
}
