package net.testudo.element.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.testudo.element.config.ClusterConfig.AdminState;
import net.testudo.element.config.ClusterConfig.DataNetwork;
import net.testudo.element.config.ClusterConfig.Invalid;
import net.testudo.element.config.ClusterConfig.JoinKey;
import net.testudo.element.config.ClusterConfig.LocalAccess;
import net.testudo.element.config.ClusterConfig.Member;
import net.testudo.element.config.ClusterConfig.Operation;
import net.testudo.element.config.ClusterConfig.Parsed;
import net.testudo.element.config.ClusterConfig.StaticRole;
import net.testudo.element.config.ClusterConfig.TimingConfig;
import net.testudo.element.config.ClusterConfig.Valid;
import net.testudo.element.config.ClusterConfig.VerificationConfig;
import net.testudo.element.config.ClusterConfig.VerificationMode;
import net.testudo.element.management.Content;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.Ipv4Prefix;
import net.testudo.element.net.MacAddress;

/// Turns a content into a [ClusterConfig] or a list of faults. Used once.
final class ClusterConfigParser {
    private static final String ROOT = ClusterConfig.CLUSTER;
    private static final String NETWORKS = ROOT + "/data-network";
    private static final String ACCESS = "/testudo-system:system/local-access";
    private static final Pattern JOIN_KEY = Pattern.compile("([0-9a-fA-F]{2}){16,64}");
    private static final int NAME_MAX = 64;
    private static final int SECONDS_MAX = 86_400;
    private static final int VERIFY_ATTEMPTS_MAX = 10;
    private static final int HISTORY_DEPTH = 50;
    private static final int HISTORY_DEPTH_MAX = 64;
    private static final int PRIORITY_MAX = 254;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final int DEAD_MS_MIN = 25;
    private static final int DEAD_MS_MAX = 250;

    private final FaultList faults = new FaultList();
    private ConfigDocument document = ConfigDocument.EMPTY;
    private ConfigDocument secrets = ConfigDocument.EMPTY;

    Parsed parse(Content content) {
        document = read(content.configuration(), "configuration");
        secrets = read(content.secrets(), "secrets");
        if (!faults.faults().isEmpty()) {
            return new Invalid(faults.faults());
        }
        String name = required();
        List<DataNetwork> networks = networks();
        List<String> names = networks.stream().map(DataNetwork::name).toList();
        String localNetwork = localNetwork(names);
        PolicyConfig policy = new PolicyParser(document, faults, networks).parse();
        ClusterConfig config = new ClusterConfig(
                name,
                document.leafList(ROOT + "/cluster-port"),
                networks,
                localNetwork,
                operation(),
                members(),
                joinKeys(),
                policy,
                localAccess(names, localNetwork));
        List<ConfigFault> found = faults.faults();
        return found.isEmpty() ? new Valid(config, document, secrets) : new Invalid(found);
    }

    private ConfigDocument read(String text, String what) {
        return switch (ConfigDocument.parse(text)) {
            case ConfigDocument.Valid(ConfigDocument valid) -> valid;
            case ConfigDocument.Malformed(int line, ConfigDocument.Reason reason) -> {
                faults.add("/", "line " + line + " of the " + what + " is malformed: " + reason);
                yield ConfigDocument.EMPTY;
            }
        };
    }

    /// FRM-04: what an administrator has to give before there is a cluster.
    private String required() {
        String enabled = ROOT + "/enabled";
        if (document.value(enabled).isEmpty()) {
            faults.add(enabled, "is missing: set it to true to form a cluster");
        } else if (!faults.flag(document, enabled, true)) {
            faults.add(enabled, "has to be true: a device is taken out of its cluster by the rpc 'leave'");
        }
        String name = document.value(ROOT + "/name").orElse("");
        if (name.isEmpty()) {
            faults.add(ROOT + "/name", "is missing: give the cluster a name");
        } else if (name.length() > NAME_MAX) {
            faults.add(ROOT + "/name", "is too long: use at most " + NAME_MAX + " characters");
        }
        if (document.leafList(ROOT + "/cluster-port").isEmpty()) {
            faults.add(ROOT + "/cluster-port", "is missing: name at least one port that leads to the other devices");
        }
        return name;
    }

    private List<DataNetwork> networks() {
        List<DataNetwork> networks = new ArrayList<>();
        List<String> names = document.keys(NETWORKS, "name");
        if (names.isEmpty()) {
            faults.add(NETWORKS, "is missing: configure at least one data network with its cluster address");
        }
        if (names.size() > ClusterConfig.NETWORK_MAX) {
            faults.add(NETWORKS, "has too many entries: use at most " + ClusterConfig.NETWORK_MAX);
        }
        for (String name : names) {
            String path = ConfigPath.entry(NETWORKS, "name", name);
            if (document.value(path + "/address").isEmpty()) {
                faults.add(path + "/address", "is missing: give the cluster address with its prefix length");
            }
            Optional<Ipv4Prefix> address =
                    faults.read(document, path + "/address", Ipv4Prefix::parse, "an address like 192.0.2.1/24");
            address.ifPresent(a -> networks.add(network(name, path, a, networks)));
        }
        return networks;
    }

    private DataNetwork network(String name, String path, Ipv4Prefix address, List<DataNetwork> before) {
        for (DataNetwork other : before) {
            if (other.address().overlaps(address)) {
                faults.add(path + "/address", "overlaps with network '" + other.name() + "': use another prefix");
            }
        }
        Optional<MacAddress> mac = faults.read(
                document,
                path + "/virtual-mac",
                text -> MacAddress.parse(text).filter(m -> !m.isGroup() && m.bits() != 0),
                "an individual MAC address like 02:00:5e:00:01:01");
        List<Ipv4Address> witnesses = new ArrayList<>();
        for (String text : document.leafList(path + "/witness")) {
            String leaf = ConfigPath.entry(path + "/witness", ".", text);
            Optional<Ipv4Address> witness = Ipv4Address.parse(text);
            witness.ifPresentOrElse(w -> onNetwork(w, address, leaf), () -> faults.add(leaf, "is no IPv4 address"));
            witness.ifPresent(witnesses::add);
        }
        boolean liveness = faults.flag(document, path + "/liveness", true);
        Optional<Ipv4Address> gateway =
                faults.read(document, path + "/gateway", Ipv4Address::parse, "an IPv4 address on this network");
        gateway.ifPresent(g -> onNetwork(g, address, path + "/gateway"));
        return new DataNetwork(name, address, mac, List.copyOf(witnesses), liveness, gateway);
    }

    private void onNetwork(Ipv4Address host, Ipv4Prefix network, String path) {
        if (!network.contains(host) || host.equals(network.address())) {
            faults.add(path, "has to be another host's address in " + network.network() + "/" + network.lengthBits());
        }
    }

    private String localNetwork(List<String> names) {
        String path = ROOT + "/local-network";
        Optional<String> network = document.value(path);
        if (network.isPresent() && !names.contains(network.get())) {
            faults.add(path, "there is no data network '" + network.get() + "': name one that is configured");
        }
        return network.orElse("");
    }

    private Operation operation() {
        Optional<Integer> active = faults.read(
                document,
                ROOT + "/active-count",
                FaultList.number(1, DeviceSet.DEVICE_MAX),
                "a number of 1 to " + DeviceSet.DEVICE_MAX);
        return new Operation(
                faults.flag(document, ROOT + "/auto-join", false),
                faults.flag(document, ROOT + "/certificate-join", false),
                active.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                new TimingConfig(seconds("voter-hold"), seconds("commit-timeout"), leaseNs()),
                historyDepth(),
                verification(),
                new ElectionParser(document, faults).parse(),
                new IdentityParser(document, faults).parse(),
                new BackupSyncParser(document, faults).parse(),
                clockDifferenceMax());
    }

    private int clockDifferenceMax() {
        return faults.read(
                        document,
                        ROOT + "/testudo-clock:clock/max-difference",
                        FaultList.number(10, 3_600_000),
                        "milliseconds, 10 to 3600000")
                .orElse(Operation.CLOCK_DIFFERENCE_MAX_MS);
    }

    private VerificationConfig verification() {
        String path = ROOT + "/testudo-verification:verification/";
        VerificationConfig standard = VerificationConfig.STANDARD;
        int attempts = faults.read(
                        document,
                        path + "verify-max-attempts",
                        FaultList.number(1, VERIFY_ATTEMPTS_MAX),
                        "a number of 1 to " + VERIFY_ATTEMPTS_MAX)
                .orElse(standard.attemptsMax());
        VerificationMode mode = faults.read(
                document,
                path + "verification-mode",
                standard.mode(),
                oneOf(Map.of(
                        "confirm", VerificationMode.CONFIRM,
                        "hash", VerificationMode.HASH,
                        "inspect", VerificationMode.INSPECT)),
                "confirm, hash or inspect");
        return new VerificationConfig(attempts, secondsAt(path + "verify-retry").orElse(standard.retryNs()), mode);
    }

    private int historyDepth() {
        return faults.read(
                        document,
                        ROOT + "/testudo-revisions:history/depth",
                        FaultList.number(1, HISTORY_DEPTH_MAX),
                        "a number of 1 to " + HISTORY_DEPTH_MAX)
                .orElse(HISTORY_DEPTH);
    }

    private OptionalLong seconds(String leaf) {
        return secondsAt(ROOT + "/timing/" + leaf);
    }

    /// Four fifths of the dead time, as [net.testudo.element.cluster.Timing#deadNs] has it.
    private OptionalLong leaseNs() {
        Optional<Integer> deadMs = faults.read(
                document,
                ROOT + "/timing/dead-time",
                FaultList.number(DEAD_MS_MIN, DEAD_MS_MAX),
                "a number of milliseconds of " + DEAD_MS_MIN + " to " + DEAD_MS_MAX);
        return deadMs.map(ms -> OptionalLong.of(ms * NS_PER_MS / 5 * 4)).orElseGet(OptionalLong::empty);
    }

    private OptionalLong secondsAt(String path) {
        Optional<Integer> seconds = faults.read(
                document, path, FaultList.number(1, SECONDS_MAX), "a number of seconds of 1 to " + SECONDS_MAX);
        return seconds.map(s -> OptionalLong.of(s * NS_PER_SECOND)).orElseGet(OptionalLong::empty);
    }

    private List<Member> members() {
        List<Member> members = new ArrayList<>();
        Map<Integer, String> serials = new LinkedHashMap<>();
        for (String serial : document.keys(ClusterConfig.MEMBERS, "serial")) {
            String path = ConfigPath.entry(ClusterConfig.MEMBERS, "serial", serial);
            Optional<Integer> id = faults.read(
                    document,
                    path + "/id",
                    FaultList.number(1, DeviceSet.DEVICE_MAX),
                    "a number of 1 to " + DeviceSet.DEVICE_MAX);
            StaticRole role = faults.read(
                    document,
                    path + "/static-role",
                    StaticRole.ACTIVE,
                    oneOf(Map.of("active", StaticRole.ACTIVE, "standby", StaticRole.STANDBY)),
                    "active or standby");
            AdminState adminState = faults.read(
                    document,
                    path + "/admin-state",
                    AdminState.IN_SERVICE,
                    oneOf(Map.of("in-service", AdminState.IN_SERVICE, "maintenance", AdminState.MAINTENANCE)),
                    "in-service or maintenance");
            String adminReason = document.value(path + "/admin-reason").orElse("");
            int priority = faults.read(
                    document,
                    path + "/testudo-election:priority",
                    Member.PRIORITY,
                    FaultList.number(1, PRIORITY_MAX),
                    "a number of 1 to " + PRIORITY_MAX);
            id.ifPresent(number -> {
                String other = serials.putIfAbsent(number, serial);
                if (other != null) {
                    faults.add(path + "/id", "is the number of member '" + other + "' too: give each its own");
                }
                members.add(new Member(serial, number, role, adminState, adminReason, priority));
            });
        }
        return members;
    }

    private List<JoinKey> joinKeys() {
        List<JoinKey> keys = new ArrayList<>();
        for (String serial : secrets.keys(ClusterConfig.JOIN_KEYS, "serial")) {
            String path = ConfigPath.entry(ClusterConfig.JOIN_KEYS, "serial", serial) + "/key";
            Optional<String> key = secrets.value(path);
            // The text is a secret: it must not appear in the message.
            if (key.isEmpty() || !JOIN_KEY.matcher(key.get()).matches()) {
                faults.add(path, "has to be 16 to 64 octets in hexadecimal digits");
            } else {
                keys.add(new JoinKey(serial, key.get()));
            }
        }
        return keys;
    }

    private List<LocalAccess> localAccess(List<String> names, String localNetwork) {
        Map<LocalService, List<String>> configured = new LinkedHashMap<>();
        for (String text : document.keys(ACCESS, "service")) {
            String path = ConfigPath.entry(ACCESS, "service", text);
            List<String> networks = document.leafList(path + "/network");
            for (String network : networks) {
                if (!names.contains(network)) {
                    faults.add(
                            ConfigPath.entry(path + "/network", ".", network),
                            "there is no data network '" + network + "': name one that is configured");
                }
            }
            LocalService.parse(text)
                    .ifPresentOrElse(
                            service -> configured.put(service, networks),
                            () -> faults.add(path, "is no local service: use netconf, netconf-tls, snmp or icmp"));
        }
        List<String> unlessSaid = localNetwork.isEmpty() ? List.of() : List.of(localNetwork);
        List<LocalAccess> access = new ArrayList<>();
        for (LocalService service : LocalService.values()) {
            access.add(new LocalAccess(service, configured.getOrDefault(service, unlessSaid)));
        }
        return access;
    }

    /// Reads one of the given words.
    static <T> Function<String, Optional<T>> oneOf(Map<String, T> words) {
        return text -> Optional.ofNullable(words.get(text));
    }
}
