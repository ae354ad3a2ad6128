package net.testudo.element.cluster;

import net.testudo.element.config.ClusterConfig;
import net.testudo.element.management.Content;

/// Configurations for decision tables: members with numbers from 1, in words.
final class MembersText {
    private MembersText() {}

    /// @param members of each member `active` or `standby`, with `, maintenance` if it is
    /// @param more lines below the cluster's container, without its path
    static ClusterConfig config(String more, String... members) {
        StringBuilder lines = new StringBuilder("enabled = true\nname = clu\ncluster-port[.='c']\n");
        lines.append("data-network[name='in']/address = 192.0.2.1/24\n").append(more);
        for (int i = 0; i < members.length; i++) {
            String entry = "member[serial='S" + (i + 1) + "']/";
            String[] words = members[i].split(", ", -1);
            lines.append(entry).append("id = ").append(i + 1).append('\n');
            lines.append(entry).append("static-role = ").append(words[0]).append('\n');
            if (words.length > 1) {
                lines.append(entry).append("admin-state = ").append(words[1]).append('\n');
            }
        }
        String text = lines.toString()
                .lines()
                .map(line -> ClusterConfig.CLUSTER + "/" + line + "\n")
                .reduce("", String::concat);
        if (ClusterConfig.parse(new Content(text, "")) instanceof ClusterConfig.Valid valid) {
            return valid.config();
        }
        throw new IllegalArgumentException(text);
    }
}
