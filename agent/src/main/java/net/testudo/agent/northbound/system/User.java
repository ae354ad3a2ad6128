package net.testudo.agent.northbound.system;

import java.util.List;

/// A user of the management plane.
///
/// @param name with which the user logs in
/// @param admin whether the user may change anything
/// @param authorizedKeys OpenSSH public keys, type and base64 without the comment
/// @param passwordHash as in the module, empty for none; never shown
public record User(String name, boolean admin, List<String> authorizedKeys, String passwordHash) {
    @Override
    public String toString() {
        return "User[name=" + name + ", admin=" + admin + "]";
    }
}
