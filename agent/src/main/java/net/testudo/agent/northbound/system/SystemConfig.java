package net.testudo.agent.northbound.system;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.ContentTree;
import net.testudo.agent.datastore.Xml;
import net.testudo.agent.keystore.HostKey;
import net.testudo.agent.keystore.PasswordHash;
import net.testudo.element.management.Content;
import org.w3c.dom.Element;

/// What the agent itself takes from `/testudo-system:system` of a decided configuration.
///
/// @param users by name
/// @param hostKey the cluster's private host key, if there is one
public record SystemConfig(Map<String, User> users, Optional<String> hostKey) {
    private static final String NAMESPACE = "urn:testudo:yang:testudo-system";
    private static final String HOST_KEY = "/testudo-system:system/ssh/host-key";
    private static final String ENABLED = "/testudo-cluster:cluster/enabled = true\n";
    private static final String CLEAR = "$0$";

    /// Reads it.
    ///
    /// @throws CanonicalFormException if the text is not in canonical form
    public static SystemConfig of(Content content) throws CanonicalFormException {
        Optional<ContentTree> system = ContentTree.of(content, "testudo-system").child("system");
        Map<String, User> users = new TreeMap<>();
        system.ifPresent(all -> all.entries("user").forEach(user -> users.put(user.key(), user(user))));
        return new SystemConfig(
                users, system.flatMap(all -> all.child("ssh", "host-key")).map(ContentTree::value));
    }

    /// Whether somebody who is configured may change anything.
    public boolean hasAdmin() {
        return users.values().stream().anyMatch(User::admin);
    }

    private static User user(ContentTree user) {
        return new User(
                user.key(),
                user.leaf("role", "").equals("admin"),
                user.entries("authorized-key").stream()
                        .map(line -> bare(line.key()))
                        .toList(),
                user.leaf("password", ""));
    }

    /// Type and base64 of a line of an OpenSSH public key file, without the comment.
    public static String bare(String publicKeyLine) {
        String[] parts = publicKeyLine.strip().split(" +", 3);
        return parts.length < 2 ? "" : parts[0] + " " + parts[1];
    }

    /// What a configuration that forms or changes a cluster lacks: the cluster's host key. For use as the completion
    /// of [net.testudo.agent.datastore.Datastores].
    public static String missing(Content content) {
        boolean lacks =
                content.configuration().contains(ENABLED) && !content.secrets().contains(HOST_KEY + " = ");
        return lacks ? CanonicalLine.of(HOST_KEY, HostKey.generate()) : "";
    }

    /// Replaces passwords in clear (`$0$...`) below `config` by their hashes. Takes a tenth of a second for each.
    public static void hashPasswords(Element config) {
        for (Element child : Xml.children(config)) {
            String text = child.getTextContent();
            if (NAMESPACE.equals(child.getNamespaceURI())
                    && "password".equals(child.getLocalName())
                    && text.strip().startsWith(CLEAR)) {
                String password = text.strip().substring(CLEAR.length());
                if (password.length() >= 8) {
                    child.setTextContent(PasswordHash.of(password));
                }
            } else {
                hashPasswords(child);
            }
        }
    }
}
