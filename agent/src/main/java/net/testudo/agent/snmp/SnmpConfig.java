package net.testudo.agent.snmp;

import java.util.List;

/// What the SNMP engine of a cluster is made of. Equal on every device that holds the same revision.
///
/// @param engineId snmpEngineID, hexadecimal, 5 to 32 octets (RFC 3411 §5)
/// @param clusterName served as sysName
/// @param users who may ask, and with which keys
/// @param targets managers to which notifications are sent
public record SnmpConfig(String engineId, String clusterName, List<User> users, List<Target> targets) {
    /// Keeps its own copies.
    public SnmpConfig {
        users = List.copyOf(users);
        targets = List.copyOf(targets);
    }

    /// How messages are authenticated (RFC 7860).
    public enum Authentication {
        /// HMAC-192-SHA-256.
        HMAC_SHA_256,
        /// HMAC-384-SHA-512.
        HMAC_SHA_512
    }

    /// How messages are encrypted.
    public enum Privacy {
        /// CFB128-AES-128 (RFC 3826).
        AES_128
    }

    /// What a user may see. Nobody changes anything by SNMP: configuration is NETCONF's.
    public enum Role {
        /// All that the agent has.
        ADMIN,
        /// The element: not the engine's own administration.
        READ_ONLY
    }

    /// A user of the user-based security model (RFC 3414).
    ///
    /// @param name security name
    /// @param role what it may see
    /// @param authentication protocol
    /// @param authenticationPassphrase its key is made from it and the engine id
    /// @param privacy protocol
    /// @param privacyPassphrase its key is made from it and the engine id
    public record User(
            String name,
            Role role,
            Authentication authentication,
            String authenticationPassphrase,
            Privacy privacy,
            String privacyPassphrase) {
        @Override
        public String toString() {
            return "User[name=%s, role=%s, authentication=%s, privacy=%s, passphrases=***]"
                    .formatted(name, role, authentication, privacy);
        }
    }

    /// A manager to which notifications are sent.
    ///
    /// @param name of the target
    /// @param address IPv4 in dotted form
    /// @param port UDP port
    /// @param user whose keys protect them; one of `users`
    /// @param inform whether the manager has to confirm
    public record Target(String name, String address, int port, String user, boolean inform) {}
}
