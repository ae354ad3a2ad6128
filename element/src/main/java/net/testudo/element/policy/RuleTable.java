package net.testudo.element.policy;

import java.util.List;
import java.util.function.ToIntFunction;
import net.testudo.element.config.PolicyConfig.Action;
import net.testudo.element.config.PolicyConfig.Rule;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.PortRange;
import net.testudo.element.net.Protocol;

/// The rules in columns of numbers, so that one evaluation reads memory in order and allocates nothing.
final class RuleTable {
    private static final int COLUMNS = 9;
    private static final int FROM = 0;
    private static final int TO = 1;
    private static final int SOURCE = 2;
    private static final int SOURCE_MASK = 3;
    private static final int DESTINATION = 4;
    private static final int DESTINATION_MASK = 5;
    private static final int PROTOCOL = 6;
    private static final int PORT_FIRST = 7;
    private static final int PORT_LAST = 8;

    private final int[] cells;
    private final boolean[] accepts;

    /// @param network number of a network by its name, [RouteTable#NONE] for the empty name
    RuleTable(List<Rule> rules, ToIntFunction<String> network) {
        cells = new int[rules.size() * COLUMNS];
        accepts = new boolean[rules.size()];
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            int at = i * COLUMNS;
            cells[at + FROM] = network.applyAsInt(rule.fromNetwork());
            cells[at + TO] = network.applyAsInt(rule.toNetwork());
            cells[at + SOURCE] = rule.source().network().bits();
            cells[at + SOURCE_MASK] = rule.source().mask();
            cells[at + DESTINATION] = rule.destination().network().bits();
            cells[at + DESTINATION_MASK] = rule.destination().mask();
            cells[at + PROTOCOL] = rule.protocol();
            // A rule for some ports never matches what has no port; a first above any port says so.
            boolean anyPort = rule.destinationPort().equals(PortRange.ALL);
            cells[at + PORT_FIRST] = anyPort ? -1 : rule.destinationPort().first();
            cells[at + PORT_LAST] = rule.destinationPort().last();
            accepts[i] = rule.action() == Action.ACCEPT;
        }
    }

    /// The place of the first rule that matches, or [Policy#NO_RULE].
    int match(int from, int to, long addresses, long selectors) {
        int protocol = FlowKey.protocol(selectors);
        int port = Protocol.hasPorts(protocol) ? FlowKey.destinationPort(selectors) : -1;
        int source = FlowKey.source(addresses);
        int destination = FlowKey.destination(addresses);
        for (int i = 0, at = 0; i < accepts.length; i++, at += COLUMNS) {
            boolean matches = isAnyOr(cells[at + FROM], from)
                    && isAnyOr(cells[at + TO], to)
                    && (source & cells[at + SOURCE_MASK]) == cells[at + SOURCE]
                    && (destination & cells[at + DESTINATION_MASK]) == cells[at + DESTINATION]
                    && isAnyOr(cells[at + PROTOCOL], protocol)
                    && port >= cells[at + PORT_FIRST]
                    && port <= cells[at + PORT_LAST];
            if (matches) {
                return i;
            }
        }
        return Policy.NO_RULE;
    }

    boolean accepts(int rule) {
        return accepts[rule];
    }

    /// Any network and any protocol are both written as -1.
    private static boolean isAnyOr(int cell, int value) {
        return cell == -1 || cell == value;
    }
}
