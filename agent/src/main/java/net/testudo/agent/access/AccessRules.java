package net.testudo.agent.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.ContentTree;
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
    private static final String PERMIT = "permit";

    /// Without any configuration.
    static final AccessRules STANDARD = new AccessRules(true, true, false, true, true, Map.of(), List.of());

    /// Reads it.
    ///
    /// @throws CanonicalFormException if the text is not in canonical form
    static AccessRules of(Content content) throws CanonicalFormException {
        ContentTree nacm = ContentTree.of(content, MODULE).child("nacm").orElse(null);
        if (nacm == null) {
            return STANDARD;
        }
        return new AccessRules(
                nacm.leaf("enable-nacm", "true").equals("true"),
                permits(nacm, "read-default", STANDARD.readDefault),
                permits(nacm, "write-default", STANDARD.writeDefault),
                permits(nacm, "exec-default", STANDARD.execDefault),
                nacm.leaf("enable-external-groups", "true").equals("true"),
                groups(nacm),
                nacm.entries("rule-list").stream().map(AccessRules::list).toList());
    }

    private static boolean permits(ContentTree nacm, String leaf, boolean standard) {
        return nacm.leaf(leaf, standard ? PERMIT : "deny").equals(PERMIT);
    }

    private static Map<String, Set<String>> groups(ContentTree nacm) {
        Map<String, Set<String>> groups = new TreeMap<>();
        for (ContentTree group : nacm.child("groups").stream()
                .flatMap(all -> all.entries("group").stream())
                .toList()) {
            for (ContentTree user : group.entries("user-name")) {
                groups.computeIfAbsent(user.key(), _ -> new TreeSet<>()).add(group.key());
            }
        }
        return groups;
    }

    private static RuleList list(ContentTree list) {
        return new RuleList(
                list.key(),
                list.entries("group").stream().map(ContentTree::key).collect(Collectors.toUnmodifiableSet()),
                list.entries("rule").stream()
                        .map(rule -> rule(list.key(), rule))
                        .toList());
    }

    private static AccessRule rule(String list, ContentTree rule) {
        AccessRule.Kind kind = AccessRule.Kind.ANY;
        String target = "";
        Optional<NodeInstanceIdentifier> path = Optional.empty();
        if (rule.child("rpc-name").isPresent()) {
            kind = AccessRule.Kind.RPC;
            target = rule.leaf("rpc-name", "");
        } else if (rule.child("notification-name").isPresent()) {
            kind = AccessRule.Kind.NOTIFICATION;
            target = rule.leaf("notification-name", "");
        } else if (rule.child("path").isPresent()) {
            path = parse(rule.leaf("path", ""));
            kind = path.isPresent() ? AccessRule.Kind.DATA : AccessRule.Kind.BROKEN;
        }
        return new AccessRule(
                list,
                rule.key(),
                rule.leaf("module-name", ALL),
                kind,
                target,
                path,
                AccessOperation.parse(rule.leaf("access-operations", ALL)),
                rule.leaf("action", "deny").equals(PERMIT));
    }

    private static Optional<NodeInstanceIdentifier> parse(String text) {
        try {
            return Optional.of(NodeInstanceIdentifier.parse(text, module -> module));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
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
}
