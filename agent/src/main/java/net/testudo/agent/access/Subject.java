package net.testudo.agent.access;

import java.util.Set;
import net.testudo.agent.northbound.system.User;

/// Who wants to do something.
///
/// @param user its name
/// @param unrestricted whether it may do everything: the recovery session of RFC 8341
/// @param externalGroups what the transport says of its groups: the user's role
public record Subject(String user, boolean unrestricted, Set<String> externalGroups) {
    /// A user.
    public static Subject of(User user) {
        return new Subject(user.name(), user.admin(), Set.of(user.admin() ? "admin" : "read-only"));
    }
}
