package net.testudo.agent.snmp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.testudo.agent.snmp.SnmpConfig.Authentication;
import net.testudo.agent.snmp.SnmpConfig.Privacy;
import net.testudo.agent.snmp.SnmpConfig.Role;
import net.testudo.agent.snmp.SnmpConfig.Target;
import net.testudo.agent.snmp.SnmpConfig.User;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.mib.TestudoSmi;

/// Derives the engine's configuration from the committed revision: what YANG has under
/// `/testudo-system:system/snmp`, and the cluster's identity.
///
/// A user without both passphrases has no keys and is left out; a target of such a user too.
final class SnmpConfigReader {
    private static final String SNMP = "/testudo-system:system/snmp/";
    private static final String ENGINE_ID = SNMP + "engine-id = ";
    private static final Pattern ENTRY_LEAF = Pattern.compile(Pattern.quote(SNMP)
            + "(?<list>user|notify-target)\\[name=(?<quote>['\"])(?<name>.*)\\k<quote>]"
            + "(?:/(?<leaf>[a-z-]+) = (?<value>.*))?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\\\\n])");
    /// SnmpEngineID of RFC 3411: the enterprise with the first bit set, then format 5, octets of its own choice.
    private static final int FORMAT_OCTETS = 5;

    private String engineId = "";
    private final Map<String, Map<String, String>> users = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> targets = new LinkedHashMap<>();

    private SnmpConfigReader() {}

    /// The configuration of the cluster's engine, or empty if the device is in no cluster.
    static Optional<SnmpConfig> read(ElementSnapshot snapshot) {
        if (snapshot.clusterId().isEmpty()) {
            return Optional.empty();
        }
        SnmpConfigReader reader = new SnmpConfigReader();
        Content content = snapshot.content();
        content.configuration().lines().forEach(reader::line);
        content.secrets().lines().forEach(reader::line);
        List<User> keyed = reader.keyedUsers();
        String engineId = reader.engineId.isEmpty() ? derivedEngineId(snapshot.clusterId()) : reader.engineId;
        return Optional.of(new SnmpConfig(
                engineId.toLowerCase(Locale.ROOT), snapshot.clusterName(), keyed, reader.reachable(keyed)));
    }

    /// The engine id of the cluster with this UUID.
    static String derivedEngineId(String clusterId) {
        UUID uuid = UUID.fromString(clusterId);
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(0x8000_0000 | TestudoSmi.ENTERPRISE)
                + hex.toHexDigits((byte) FORMAT_OCTETS)
                + hex.toHexDigits(uuid.getMostSignificantBits())
                + hex.toHexDigits(uuid.getLeastSignificantBits());
    }

    private void line(String line) {
        if (line.startsWith(ENGINE_ID)) {
            engineId = line.substring(ENGINE_ID.length());
            return;
        }
        Matcher matcher = ENTRY_LEAF.matcher(line);
        if (matcher.matches()) {
            Map<String, Map<String, String>> list = matcher.group("list").equals("user") ? users : targets;
            Map<String, String> leaves = list.computeIfAbsent(matcher.group("name"), _ -> new HashMap<>());
            if (matcher.group("leaf") != null) {
                leaves.put(matcher.group("leaf"), unescape(matcher.group("value")));
            }
        }
    }

    private static String unescape(String value) {
        return ESCAPE.matcher(value)
                .replaceAll(escape -> escape.group(1).equals("n") ? "\n" : Matcher.quoteReplacement("\\"));
    }

    private List<User> keyedUsers() {
        List<User> keyed = new ArrayList<>();
        users.forEach((name, leaves) -> {
            String authentication = leaves.getOrDefault("authentication-passphrase", "");
            String privacy = leaves.getOrDefault("privacy-passphrase", "");
            if (!authentication.isEmpty() && !privacy.isEmpty()) {
                keyed.add(new User(
                        name,
                        constant(Role.class, leaves.getOrDefault("role", "read-only")),
                        constant(Authentication.class, leaves.getOrDefault("authentication-protocol", "hmac-sha-256")),
                        authentication,
                        constant(Privacy.class, leaves.getOrDefault("privacy-protocol", "aes-128")),
                        privacy));
            }
        });
        return keyed;
    }

    private List<Target> reachable(List<User> keyed) {
        List<Target> reachable = new ArrayList<>();
        targets.forEach((name, leaves) -> {
            String user = leaves.getOrDefault("user", "");
            String address = leaves.getOrDefault("address", "");
            if (!address.isEmpty() && keyed.stream().anyMatch(one -> one.name().equals(user))) {
                reachable.add(new Target(
                        name,
                        address,
                        Integer.parseInt(leaves.getOrDefault("port", "162")),
                        user,
                        leaves.getOrDefault("type", "trap").equals("inform")));
            }
        });
        return reachable;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String yangName) {
        return Enum.valueOf(type, yangName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
