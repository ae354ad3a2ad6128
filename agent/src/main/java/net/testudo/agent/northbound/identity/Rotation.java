package net.testudo.agent.northbound.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.element.management.Content;

/// What a rotation of the cluster's identity replaces, and what it leaves to the operator. Holds no secret.
///
/// @param exposed devices because of which it is done
/// @param hostKey whether a new SSH host key is made
/// @param deleted paths of join keys that are deleted
/// @param left what the operator has to do
record Rotation(List<Integer> exposed, boolean hostKey, List<String> deleted, List<Task> left) {
    private static final String HOST_KEY = "/testudo-system:system/ssh/host-key";
    private static final String MEMBER = "/testudo-cluster:cluster/member";
    private static final String JOIN_KEY = "/testudo-cluster:cluster/join-key";
    private static final String USER = "/testudo-system:system/user";
    private static final String SNMP_USER = "/testudo-system:system/snmp/user";

    /// Something that the operator has to do.
    ///
    /// @param path of the node that it is about, or empty
    /// @param text what to do
    record Task(String path, String text) {}

    /// What it would be for a configuration.
    ///
    /// @param hostKey whether the SSH host key is in its scope
    /// @param joinKeys whether the join keys of devices that are no members are
    /// @throws CanonicalFormException if the content is not in canonical form
    static Rotation of(Content content, boolean hostKey, boolean joinKeys, List<Integer> exposed)
            throws CanonicalFormException {
        Set<String> members = entries(content.configuration(), MEMBER);
        List<String> deleted = new ArrayList<>();
        List<Task> left = new ArrayList<>();
        if (hostKey) {
            left.add(new Task(
                    HOST_KEY,
                    "remove the old key of the cluster's address from the known_hosts of every client, and accept "
                            + "the new one only if its fingerprint is the one that is told here"));
        }
        for (String serial : entries(content.secrets(), JOIN_KEY)) {
            String path = JOIN_KEY + "[serial=" + CanonicalPath.quote(serial) + "]";
            boolean member = members.contains(serial);
            if (!member && joinKeys) {
                deleted.add(path);
            }
            left.add(new Task(path, joinKey(serial, member, joinKeys)));
        }
        for (String name : entries(content.secrets(), USER)) {
            left.add(new Task(
                    USER + "[name=" + CanonicalPath.quote(name) + "]/password",
                    "give the user " + name
                            + " another password: its hash is known, and a password can be guessed by it"));
        }
        for (String name : entries(content.secrets(), SNMP_USER)) {
            left.add(new Task(
                    SNMP_USER + "[name=" + CanonicalPath.quote(name) + "]",
                    "change authentication-passphrase and privacy-passphrase of the SNMP user " + name
                            + ", here and at every manager that uses them"));
        }
        return new Rotation(exposed, hostKey, deleted, left);
    }

    private static String joinKey(String serial, boolean member, boolean deletes) {
        String here = member || !deletes ? "replace the join key of " : "before it joins, make another join key for ";
        return here + serial + ", here and at the device (--join-key-file)";
    }

    /// The keys of the entries of a list of which `text` says something.
    private static Set<String> entries(String text, String list) throws CanonicalFormException {
        Set<String> keys = new TreeSet<>();
        for (CanonicalLine line : CanonicalLine.parseAll(text)) {
            if (line.text().startsWith(list + "[")) {
                int depth = (int) list.chars().filter(c -> c == '/').count();
                List<CanonicalPath.Key> found =
                        line.path().steps().get(depth - 1).keys();
                found.stream().map(CanonicalPath.Key::value).forEach(keys::add);
            }
        }
        return keys;
    }

    /// As the output of the operation.
    ///
    /// @param module that defines it
    /// @param revision with the new secrets, 0 if it was not done
    /// @param fingerprint of the new SSH host key, or empty
    String lines(String module, long revision, String fingerprint) {
        String root = "/" + module + ":";
        StringBuilder lines = new StringBuilder();
        if (revision != 0) {
            lines.append(CanonicalLine.of(root + "revision", Long.toString(revision)));
        }
        for (int device : exposed) {
            lines.append(root).append("exposed-to[.='").append(device).append("']\n");
        }
        if (hostKey) {
            lines.append(CanonicalLine.of(replaced(root, HOST_KEY), "made-anew"));
        }
        for (String path : deleted) {
            lines.append(CanonicalLine.of(replaced(root, path), "deleted"));
        }
        if (!fingerprint.isEmpty()) {
            lines.append(CanonicalLine.of(root + "ssh-fingerprint", fingerprint));
        }
        for (int i = 0; i < left.size(); i++) {
            String entry = root + "left-to-do[number='" + (i + 1) + "']";
            lines.append(CanonicalLine.of(entry + "/path", left.get(i).path()));
            lines.append(CanonicalLine.of(entry + "/text", left.get(i).text()));
        }
        return lines.toString();
    }

    private static String replaced(String root, String path) {
        return root + "replaced[path=" + CanonicalPath.quote(path) + "]/how";
    }
}
