package net.testudo.element.cluster;

import java.util.Map;
import java.util.SortedMap;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ConfigDocument;
import net.testudo.element.config.ConfigPath;
import net.testudo.element.config.IdentityConfig;
import net.testudo.element.config.IdentityConfig.Settlement;
import net.testudo.element.management.Content;

/// The content after secrets were replaced, or an exposure was waived.
final class IdentityContent {
    private static final String HOST_KEY = "/testudo-system:system/ssh/host-key";

    private IdentityContent() {}

    /// `content` with another SSH host key.
    static Content withHostKey(Content content, String hostKey) {
        return new Content(
                content.configuration(),
                document(content.secrets()).with(HOST_KEY, hostKey).text());
    }

    /// `content` without the join keys of devices that are no members.
    static Content withoutStrangersKeys(Content content, ClusterConfig config) {
        ConfigDocument secrets = document(content.secrets());
        for (String serial : secrets.keys(ClusterConfig.JOIN_KEYS, "serial")) {
            if (config.member(serial).isEmpty()) {
                secrets = secrets.without(ConfigPath.entry(ClusterConfig.JOIN_KEYS, "serial", serial));
            }
        }
        return new Content(content.configuration(), secrets.text());
    }

    /// `content` in which these exposures are settled.
    ///
    /// @param exposed by device number, the mark of its key
    static Content settled(
            Content content, SortedMap<Integer, String> exposed, Settlement by, String user, String reason) {
        ConfigDocument edited = document(content.configuration());
        for (Map.Entry<Integer, String> entry : exposed.entrySet()) {
            String path = ConfigPath.entry(
                    IdentityConfig.SETTLED, "device", entry.getKey().toString());
            edited = edited.without(path)
                    .with(path + "/device-key", entry.getValue())
                    .with(path + "/by", by.text());
            edited = user.isEmpty() ? edited : edited.with(path + "/user", user);
            edited = reason.isEmpty() ? edited : edited.with(path + "/reason", reason);
        }
        return new Content(edited.text(), content.secrets());
    }

    private static ConfigDocument document(String text) {
        return ConfigDocument.parse(text) instanceof ConfigDocument.Valid valid
                ? valid.document()
                : ConfigDocument.EMPTY;
    }
}
