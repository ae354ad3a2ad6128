package net.testudo.agent.access;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.testudo.agent.datastore.NodeInstanceIdentifier;
import net.testudo.agent.datastore.SensitiveNodes;

/// What is asked at each data node for one user: its rules, then what the modules keep from everybody, then the
/// defaults (RFC 8341 §3.4.5).
final class DataRules {
    private record Entry(AccessRule rule, AccessDecision decision) {}

    private final List<Entry> entries = new ArrayList<>();
    private final String user;
    private final AccessRules rules;

    /// @param mine the rules that are for the user
    DataRules(String user, AccessRules rules, List<AccessRule> mine, SensitiveNodes sensitive) {
        this.user = user;
        this.rules = rules;
        for (AccessRule rule : mine) {
            if (rule.isForData()) {
                entries.add(new Entry(rule, AccessDecision.of(rule)));
            }
        }
        if (rules.enabled()) {
            for (SensitiveNodes.Node node : sensitive.nodes()) {
                entries.add(new Entry(keep(node), AccessDecision.of(false, AccessDecision.Reason.DEFAULT_DENY)));
            }
        }
    }

    private static AccessRule keep(SensitiveNodes.Node node) {
        Set<AccessOperation> operations =
                EnumSet.of(AccessOperation.CREATE, AccessOperation.UPDATE, AccessOperation.DELETE);
        if (node.reads()) {
            operations.add(AccessOperation.READ);
        }
        return new AccessRule("", "", "*", AccessRule.Kind.DATA, "", Optional.of(node.path()), operations, false);
    }

    String user() {
        return user;
    }

    int size() {
        return entries.size();
    }

    /// How many steps the path of a rule has; none if it is for all data.
    int steps(int rule) {
        return entries.get(rule).rule.path().map(path -> path.steps().size()).orElse(0);
    }

    NodeInstanceIdentifier.Step step(int rule, int number) {
        return entries.get(rule).rule.path().orElseThrow().steps().get(number);
    }

    boolean isFor(int rule, String module, AccessOperation operation) {
        AccessRule asked = entries.get(rule).rule;
        return asked.isFor(module) && asked.operations().contains(operation);
    }

    AccessDecision decision(int rule) {
        return entries.get(rule).decision;
    }

    /// What is decided where no rule matches.
    AccessDecision otherwise(AccessOperation operation) {
        if (!rules.enabled()) {
            return AccessDecision.of(true, AccessDecision.Reason.DISABLED);
        }
        return AccessDecision.of(
                operation == AccessOperation.READ ? rules.readDefault() : rules.writeDefault(),
                AccessDecision.Reason.DEFAULT);
    }
}
