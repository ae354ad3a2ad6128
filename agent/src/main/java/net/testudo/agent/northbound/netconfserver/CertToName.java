package net.testudo.agent.northbound.netconfserver;

import net.testudo.agent.datastore.ContentTree;

/// An entry of the list `cert-to-name` of RFC 7407.
///
/// @param id entries are tried by ascending number
/// @param fingerprint in hexadecimal with colons, the number of the hash algorithm first; empty for any certificate
/// @param mapType the identity, without a prefix
/// @param name of the user, where the type is `specified`
/// @param path of the entry
public record CertToName(long id, String fingerprint, String mapType, String name, String path) {
    static CertToName of(ContentTree entry) {
        return new CertToName(
                Long.parseLong(entry.key()),
                entry.leaf("fingerprint", ""),
                bare(entry.leaf("map-type", "")),
                entry.leaf("name", ""),
                entry.path());
    }

    /// An identity without its prefix.
    static String bare(String identity) {
        return identity.substring(identity.indexOf(':') + 1);
    }
}
