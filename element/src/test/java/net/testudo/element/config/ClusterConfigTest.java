package net.testudo.element.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import net.testudo.element.cluster.Timing;
import net.testudo.element.config.ClusterConfig.AdminState;
import net.testudo.element.config.ClusterConfig.DataNetwork;
import net.testudo.element.config.ClusterConfig.Invalid;
import net.testudo.element.config.ClusterConfig.JoinKey;
import net.testudo.element.config.ClusterConfig.LocalAccess;
import net.testudo.element.config.ClusterConfig.Member;
import net.testudo.element.config.ClusterConfig.StaticRole;
import net.testudo.element.config.ClusterConfig.Valid;
import net.testudo.element.config.PolicyConfig.Action;
import net.testudo.element.config.PolicyConfig.AssignmentStrategy;
import net.testudo.element.config.PolicyConfig.DestinationNat;
import net.testudo.element.config.PolicyConfig.Rule;
import net.testudo.element.config.PolicyConfig.SourceNat;
import net.testudo.element.management.Content;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.Ipv4Prefix;
import net.testudo.element.net.MacAddress;
import net.testudo.element.net.PortRange;
import net.testudo.element.net.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {
    private static final String LEAST = """
            /testudo-cluster:cluster/enabled = true
            /testudo-cluster:cluster/name = demo
            /testudo-cluster:cluster/cluster-port[.='clu']
            /testudo-cluster:cluster/data-network[name='outside']/address = 198.51.100.1/24
            """;
    private static final String FULL = LEAST + """
            /testudo-cluster:cluster/data-network[name='outside']/virtual-mac = 02:00:00:00:00:01
            /testudo-cluster:cluster/data-network[name='outside']/witness[.='198.51.100.254']
            /testudo-cluster:cluster/data-network[name='outside']/liveness = false
            /testudo-cluster:cluster/data-network[name='outside']/gateway = 198.51.100.254
            /testudo-cluster:cluster/data-network[name='inside']/address = 10.0.0.1/24
            /testudo-cluster:cluster/local-network = inside
            /testudo-cluster:cluster/auto-join = true
            /testudo-cluster:cluster/timing/voter-hold = 30
            /testudo-cluster:cluster/timing/dead-time = 33
            /testudo-cluster:cluster/active-count = 2
            /testudo-cluster:cluster/member[serial='A1']/id = 1
            /testudo-cluster:cluster/member[serial='A2']/id = 7
            /testudo-cluster:cluster/member[serial='A2']/static-role = standby
            /testudo-policy:policy/rule[name='r1']/from-network = inside
            /testudo-policy:policy/rule[name='r1']/to-network = outside
            /testudo-policy:policy/rule[name='r1']/source = 10.0.0.0/24
            /testudo-policy:policy/rule[name='r1']/protocol = tcp
            /testudo-policy:policy/rule[name='r1']/destination-port = 80..443
            /testudo-policy:policy/rule[name='r1']/action = accept
            /testudo-policy:policy/rule[name='r0']/action = drop
            /testudo-policy:policy/default-action = accept
            /testudo-policy:policy/source-nat[name='s1']/from-network = inside
            /testudo-policy:policy/source-nat[name='s1']/to-network = outside
            /testudo-policy:policy/source-nat[name='s1']/port-range = 20000..29999
            /testudo-policy:policy/source-nat[name='s1']/block-size = 100
            /testudo-policy:policy/destination-nat[name='d1']/network = outside
            /testudo-policy:policy/destination-nat[name='d1']/protocol = tcp
            /testudo-policy:policy/destination-nat[name='d1']/port-range = 8080
            /testudo-policy:policy/destination-nat[name='d1']/to-address = 10.0.0.80
            /testudo-policy:policy/assignment/strategy = least-flows
            /testudo-system:system/user[name='admin']/role = admin
            /testudo-system:system/local-access[service='icmp']/network[.='outside']
            /testudo-system:system/local-access[service='icmp']/network[.='inside']
            """;
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final String SECRETS = "/testudo-cluster:cluster/join-key[serial='A2']/key = " + KEY + "\n";

    @Test
    void everythingConfiguredArrives() {
        ClusterConfig config = valid(FULL);
        assertEquals("demo", config.name());
        assertEquals(List.of("clu"), config.clusterPorts());
        Ipv4Address router = ip("198.51.100.254");
        assertEquals(
                new DataNetwork(
                        "outside",
                        prefix("198.51.100.1/24"),
                        MacAddress.parse("02:00:00:00:00:01"),
                        List.of(router),
                        false,
                        Optional.of(router)),
                config.networks().getFirst());
        assertEquals(1, config.networkIndex("inside"));
        assertEquals(-1, config.networkIndex("dmz"));
        assertEquals("inside", config.localNetwork());
        assertTrue(config.operation().autoJoin());
        assertEquals(OptionalInt.of(2), config.operation().activeCount());
        assertEquals(
                OptionalLong.of(30_000_000_000L), config.operation().timing().voterHoldNs());
        assertEquals(
                33_000_000L, Timing.deadNs(config.operation().timing().leaseNs().orElseThrow()));
        assertEquals(OptionalLong.empty(), config.operation().timing().commitTimeoutNs());
        assertEquals(
                Optional.of(new Member("A2", 7, StaticRole.STANDBY, AdminState.IN_SERVICE, "", 100)),
                config.member("A2"));
        assertEquals(
                Optional.of(new Member("A1", 1, StaticRole.ACTIVE, AdminState.IN_SERVICE, "", 100)), config.member(1));
        assertEquals(Optional.of(new JoinKey("A2", KEY)), config.joinKey("A2"));
        assertFalse(config.toString().contains(KEY), "no secret in a text for logs");
        assertEquals(
                List.of(
                        new LocalAccess(LocalService.NETCONF, List.of("inside")),
                        new LocalAccess(LocalService.NETCONF_TLS, List.of("inside")),
                        new LocalAccess(LocalService.SNMP, List.of("inside")),
                        new LocalAccess(LocalService.ICMP, List.of("outside", "inside"))),
                config.localAccess());
    }

    @Test
    void thePolicyKeepsTheOrderOfItsRules() {
        PolicyConfig policy = valid(FULL).policy();
        Ipv4Prefix all = Ipv4Prefix.ALL;
        assertEquals(
                List.of(
                        new Rule(
                                "r1",
                                "inside",
                                "outside",
                                prefix("10.0.0.0/24"),
                                all,
                                Protocol.TCP,
                                new PortRange(80, 443),
                                Action.ACCEPT),
                        new Rule("r0", "", "", all, all, Protocol.ANY, PortRange.ALL, Action.DROP)),
                policy.rules());
        assertEquals(Action.ACCEPT, policy.defaultAction());
        assertEquals(
                List.of(new SourceNat("s1", "inside", "outside", all, new PortRange(20000, 29999), 100)),
                policy.sourceNats());
        assertEquals(
                List.of(new DestinationNat("d1", "outside", Protocol.TCP, new PortRange(8080, 8080), ip("10.0.0.80"))),
                policy.destinationNats());
        assertEquals(AssignmentStrategy.LEAST_FLOWS, policy.strategy());
    }

    @Test
    void theLeastConfigurationIsSafe() {
        ClusterConfig config = valid(LEAST);
        assertEquals(PolicyConfig.DROP_ALL, config.policy());
        assertFalse(config.operation().autoJoin());
        assertTrue(config.networks().getFirst().liveness());
        assertEquals("", config.localNetwork());
        assertTrue(config.localAccess().stream()
                .allMatch(access -> access.networks().isEmpty()));
    }

    @ParameterizedTest
    @CsvSource({
        "/testudo-cluster:cluster/enabled, /testudo-cluster:cluster/enabled",
        "/testudo-cluster:cluster/name, /testudo-cluster:cluster/name",
        "/testudo-cluster:cluster/cluster-port[.='clu'], /testudo-cluster:cluster/cluster-port",
        "/testudo-cluster:cluster/data-network[name='outside'], /testudo-cluster:cluster/data-network",
        "/testudo-cluster:cluster/data-network[name='outside']/address,"
                + "/testudo-cluster:cluster/data-network[name='outside']/address",
    })
    void eachThingAClusterNeedsIsAFaultIfMissing(String removed, String path) {
        List<ConfigFault> faults = faults(document(LEAST).without(removed).text());
        assertEquals(List.of(path), faults.stream().map(ConfigFault::path).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/testudo-cluster:cluster/enabled = false",
                "/testudo-cluster:cluster/enabled = yes",
                "/testudo-cluster:cluster/data-network[name='outside']/address = 198.51.100.1",
                "/testudo-cluster:cluster/data-network[name='outside']/virtual-mac = 01:00:00:00:00:01",
                "/testudo-cluster:cluster/data-network[name='outside']/liveness = maybe",
                "/testudo-cluster:cluster/data-network[name='outside']/gateway = 203.0.113.1",
                "/testudo-cluster:cluster/data-network[name='outside']/gateway = 198.51.100.1",
                "/testudo-cluster:cluster/data-network[name='inside']/address = 198.51.100.129/25",
                "/testudo-cluster:cluster/local-network = dmz",
                "/testudo-cluster:cluster/active-count = 0",
                "/testudo-cluster:cluster/timing/voter-hold = 0",
                "/testudo-cluster:cluster/timing/dead-time = 24",
                "/testudo-cluster:cluster/timing/dead-time = 251",
                "/testudo-cluster:cluster/timing/commit-timeout = 1.5",
                "/testudo-cluster:cluster/member[serial='A1']/id = 64",
                "/testudo-cluster:cluster/member[serial='A2']/id = 1",
                "/testudo-cluster:cluster/member[serial='A1']/static-role = master",
                "/testudo-policy:policy/default-action = reject",
                "/testudo-policy:policy/rule[name='r1']/action = maybe",
                "/testudo-policy:policy/rule[name='r1']/source = 10.0.0.0/33",
                "/testudo-policy:policy/rule[name='r1']/to-network = dmz",
                "/testudo-policy:policy/rule[name='r0']/destination-port = 80",
                "/testudo-policy:policy/rule[name='r1']/destination-port = 80..",
                "/testudo-policy:policy/rule[name='r1']/protocol = 256",
                "/testudo-policy:policy/source-nat[name='s1']/block-size = 10001",
                "/testudo-policy:policy/source-nat[name='s1']/port-range = 0..99",
                "/testudo-policy:policy/destination-nat[name='d1']/protocol = icmp",
                "/testudo-policy:policy/destination-nat[name='d1']/to-address = host",
                "/testudo-policy:policy/destination-nat[name='d1']/to-address = 10.0.0.1",
                "/testudo-policy:policy/assignment/strategy = best",
            })
    void aWrongLeafIsAFaultAtItsPath(String line) {
        int separator = line.indexOf(" = ");
        String path = line.substring(0, separator);
        String text = document(FULL).with(path, line.substring(separator + 3)).text();
        List<ConfigFault> faults = faults(text);
        assertTrue(faults.stream().anyMatch(fault -> fault.path().equals(path)), faults::toString);
    }

    @Test
    void translationsToOneNetworkShareAPoolOrKeepApart() {
        String nat = "/testudo-policy:policy/source-nat[name='s2']/";
        ConfigDocument same = document(FULL)
                .with(nat + "to-network", "outside")
                .with(nat + "port-range", "20000..29999")
                .with(nat + "block-size", "100");
        assertEquals(2, valid(same.text()).policy().sourceNats().size());
        assertEquals(
                2,
                valid(same.with(nat + "port-range", "30000..30999").text())
                        .policy()
                        .sourceNats()
                        .size());
        assertEquals(1, faults(same.with(nat + "block-size", "10").text()).size());
        assertEquals(
                1, faults(same.with(nat + "port-range", "29000..30999").text()).size());
    }

    @Test
    void aSecretIsNeverShownInAFault() {
        Content content = new Content(LEAST, SECRETS.replace(KEY, "not-hex-at-all"));
        Invalid invalid = assertInstanceOf(Invalid.class, ClusterConfig.parse(content));
        assertFalse(invalid.toString().contains("not-hex"), invalid::toString);
    }

    @Test
    void malformedTextIsAFaultWithItsLine() {
        assertTrue(faults(LEAST + "nonsense\n").getFirst().message().contains("line 5"));
    }

    @Test
    void mutatedContentsNeverThrow() {
        String[] words = {"", "x", "-1", "99999999999", "10.0.0.1/24", "0..65535", "tcp", "\\", "\n", "''", "é"};
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            String[] lines = FULL.split("\n", -1);
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(lines.length);
                int separator = lines[at].indexOf(" = ");
                lines[at] = separator < 0 || random.nextInt(4) == 0
                        ? words[random.nextInt(words.length)]
                        : lines[at].substring(0, separator + 3) + words[random.nextInt(words.length)];
            }
            switch (ClusterConfig.parse(new Content(String.join("\n", lines), SECRETS))) {
                case Valid valid -> assertFalse(valid.config().networks().isEmpty());
                case Invalid(List<ConfigFault> faults) -> assertFalse(faults.isEmpty());
            }
        }
    }

    @Test
    void aDeviceGetsItsOwnConfiguration() {
        ClusterConfig config = valid(FULL);
        DeviceConfiguration device =
                DeviceConfiguration.derive(config, "c1", "A2").orElseThrow();
        String derived = config.networks().get(1).mac("c1", 1).toString();
        assertEquals("""
                /testudo-cluster:device/cluster-id = c1
                /testudo-cluster:device/cluster-name = demo
                /testudo-cluster:device/serial = A2
                /testudo-cluster:device/id = 7
                /testudo-cluster:device/static-role = standby
                /testudo-cluster:device/cluster-port[.='clu']
                /testudo-cluster:device/data-network[name='outside']/port = outside
                /testudo-cluster:device/data-network[name='outside']/index = 0
                /testudo-cluster:device/data-network[name='outside']/address = 198.51.100.1/24
                /testudo-cluster:device/data-network[name='outside']/virtual-mac = 02:00:00:00:00:01
                /testudo-cluster:device/data-network[name='inside']/port = inside
                /testudo-cluster:device/data-network[name='inside']/index = 1
                /testudo-cluster:device/data-network[name='inside']/address = 10.0.0.1/24
                /testudo-cluster:device/data-network[name='inside']/virtual-mac = %s
                """.formatted(derived), device.text());
        assertNotEquals(
                DeviceConfiguration.derive(config, "c1", "A1").orElseThrow().hash(), device.hash());
        assertEquals(Optional.empty(), DeviceConfiguration.derive(config, "c1", "A3"));
    }

    @Test
    void derivedMacAddressesAreLocalIndividualAndDifferent() {
        DataNetwork network = valid(LEAST).networks().getFirst();
        MacAddress first = network.mac("c1", 0);
        assertEquals(0x02, first.bits() >>> 40);
        assertNotEquals(first, network.mac("c1", 1));
        assertNotEquals(first, network.mac("c2", 0));
        assertEquals(first, network.mac("c1", 0));
    }

    @Test
    void hashesTellContentsAndContainersApart() {
        Content content = new Content(FULL, SECRETS);
        Content moved = new Content(FULL + SECRETS, "");
        assertNotEquals(RevisionHash.of(content), RevisionHash.of(moved));
        assertEquals(64, RevisionHash.of(content).hex().length());
        Content other = new Content(
                document(FULL)
                        .with("/testudo-policy:policy/default-action", "drop")
                        .text(),
                SECRETS);
        assertEquals(
                List.of("/testudo-cluster:cluster", "/testudo-policy:policy", "/testudo-system:system"),
                List.copyOf(RevisionHash.byContainer(content).keySet()));
        List<String> differing = RevisionHash.byContainer(content).entrySet().stream()
                .filter(e ->
                        !e.getValue().equals(RevisionHash.byContainer(other).get(e.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        assertEquals(List.of("/testudo-policy:policy"), differing);
    }

    private static ClusterConfig valid(String configuration) {
        return assertInstanceOf(Valid.class, ClusterConfig.parse(new Content(configuration, SECRETS)))
                .config();
    }

    private static List<ConfigFault> faults(String configuration) {
        return assertInstanceOf(Invalid.class, ClusterConfig.parse(new Content(configuration, SECRETS)))
                .faults();
    }

    private static ConfigDocument document(String text) {
        return assertInstanceOf(ConfigDocument.Valid.class, ConfigDocument.parse(text))
                .document();
    }

    private static Ipv4Prefix prefix(String text) {
        return Ipv4Prefix.parse(text).orElseThrow();
    }

    private static Ipv4Address ip(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    /// After its own start a device promises nothing for the dead time of ordinary scheduling: a lease that it helped
    /// to renew just before may be no longer than that.
    @Test
    void noDeadTimeIsLongerThanTheHoldAfterAStart() {
        long holdMs = Timing.deadNs(Timing.ORDINARY.leaseNs()) / 1_000_000;
        String dead = "/testudo-cluster:cluster/timing/dead-time = ";
        assertInstanceOf(Valid.class, ClusterConfig.parse(new Content(LEAST + dead + holdMs + "\n", "")));
        assertInstanceOf(Invalid.class, ClusterConfig.parse(new Content(LEAST + dead + (holdMs + 1) + "\n", "")));
    }
}
