package net.testudo.agent.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.agent.datastore.NodeInstanceIdentifier;
import net.testudo.element.management.Content;

/// What `/ietf-netconf-acm:nacm` of a decided configuration says.
///
/// @param enabled whether rules apply at all
/// @param readDefault whether what no rule matches may be read
/// @param writeDefault whether it may be changed
/// @param execDefault whether operations that no rule matches may be called
/// @param externalGroups whether the role of a user is a group too
/// @param groups the groups of users by name of the user
/// @param lists of rules, in their order
record AccessRules(
        boolean enabled,
        boolean readDefault,
        boolean writeDefault,
        boolean execDefault,
        boolean externalGroups,
        Map<String, Set<String>> groups,
        List<RuleList> lists) {

    /// Some rules for some groups.
    ///
    /// @param name of the list
    /// @param groups it is for, `*` for all
    /// @param rules in their order
    record RuleList(String name, Set<String> groups, List<AccessRule> rules) {}

    private static final String MODULE = "ietf-netconf-acm";
    private static final String ALL = "*";

    /// Without any configuration.
    static final AccessRules STANDARD = new AccessRules(true, true, false, true, true, Map.of(), List.of());

    /// Reads it.
    ///
    /// @throws CanonicalFormException if the text is not in canonical form
    static AccessRules of(Content content) throws CanonicalFormException {
        Reader reader = new Reader();
        for (CanonicalLine line : CanonicalLine.parseAll(content.configuration())) {
            if (line.path().steps().getFirst().module().equals(MODULE)) {
                reader.take(line);
            }
        }
        return reader.rules();
    }

    /// The groups of a user, those of its role included.
    Set<String> groupsOf(Subject who) {
        Set<String> all = new TreeSet<>(groups.getOrDefault(who.user(), Set.of()));
        if (externalGroups) {
            all.addAll(who.externalGroups());
        }
        return all;
    }

    /// The rules for members of `memberOf`, in their order. Who is in no group has none (RFC 8341 §3.4.4).
    List<AccessRule> rulesFor(Set<String> memberOf) {
        List<AccessRule> rules = new ArrayList<>();
        if (!enabled || memberOf.isEmpty()) {
            return rules;
        }
        for (RuleList list : lists) {
            if (list.groups.contains(ALL) || list.groups.stream().anyMatch(memberOf::contains)) {
                rules.addAll(list.rules);
            }
        }
        return rules;
    }

    private static final class Reader {
        private final Map<String, String> switches = new TreeMap<>();
        private final Map<String, Set<String>> groups = new TreeMap<>();
        private final Map<String, Set<String>> listGroups = new LinkedHashMap<>();
        private final Map<String, Map<String, Map<String, String>>> rules = new LinkedHashMap<>();

        void take(CanonicalLine line) {
            List<CanonicalPath.Step> steps = line.path().steps();
            String value = line.value() == null ? "" : line.value();
            if (steps.size() < 2) {
                return;
            }
            switch (steps.get(1).name()) {
                case "groups" -> {
                    if (steps.size() > 3) {
                        groups.computeIfAbsent(key(steps.get(3)), _ -> new TreeSet<>())
                                .add(key(steps.get(2)));
                    }
                }
                case "rule-list" -> {
                    String list = key(steps.get(1));
                    listGroups.computeIfAbsent(list, _ -> new HashSet<>());
                    rules.computeIfAbsent(list, _ -> new LinkedHashMap<>());
                    if (steps.size() > 2 && steps.get(2).name().equals("group")) {
                        listGroups.get(list).add(key(steps.get(2)));
                    } else if (steps.size() > 2) {
                        Map<String, String> leaves =
                                rules.get(list).computeIfAbsent(key(steps.get(2)), _ -> new TreeMap<>());
                        if (steps.size() > 3) {
                            leaves.put(steps.get(3).name(), value);
                        }
                    }
                }
                default -> switches.put(steps.get(1).name(), value);
            }
        }

        private static String key(CanonicalPath.Step step) {
            return step.keys().getFirst().value();
        }

        AccessRules rules() {
            List<RuleList> lists = new ArrayList<>();
            rules.forEach((list, inside) -> {
                List<AccessRule> read = new ArrayList<>();
                inside.forEach((name, leaves) -> read.add(rule(list, name, leaves)));
                lists.add(new RuleList(list, Set.copyOf(listGroups.getOrDefault(list, Set.of())), List.copyOf(read)));
            });
            return new AccessRules(
                    switches.getOrDefault("enable-nacm", "true").equals("true"),
                    permits("read-default", STANDARD.readDefault),
                    permits("write-default", STANDARD.writeDefault),
                    permits("exec-default", STANDARD.execDefault),
                    switches.getOrDefault("enable-external-groups", "true").equals("true"),
                    groups,
                    List.copyOf(lists));
        }

        private boolean permits(String leaf, boolean standard) {
            String value = switches.get(leaf);
            return value == null ? standard : value.equals("permit");
        }

        private static AccessRule rule(String list, String name, Map<String, String> leaves) {
            AccessRule.Kind kind = AccessRule.Kind.ANY;
            String target = "";
            Optional<NodeInstanceIdentifier> path = Optional.empty();
            if (leaves.containsKey("rpc-name")) {
                kind = AccessRule.Kind.RPC;
                target = leaves.getOrDefault("rpc-name", "");
            } else if (leaves.containsKey("notification-name")) {
                kind = AccessRule.Kind.NOTIFICATION;
                target = leaves.getOrDefault("notification-name", "");
            } else if (leaves.containsKey("path")) {
                path = parse(leaves.getOrDefault("path", ""));
                kind = path.isPresent() ? AccessRule.Kind.DATA : AccessRule.Kind.BROKEN;
            }
            return new AccessRule(
                    list,
                    name,
                    leaves.getOrDefault("module-name", ALL),
                    kind,
                    target,
                    path,
                    AccessOperation.parse(leaves.getOrDefault("access-operations", ALL)),
                    leaves.getOrDefault("action", "deny").equals("permit"));
        }

        private static Optional<NodeInstanceIdentifier> parse(String text) {
            try {
                return Optional.of(NodeInstanceIdentifier.parse(text, module -> module));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }
}
