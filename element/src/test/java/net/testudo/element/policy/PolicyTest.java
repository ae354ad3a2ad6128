package net.testudo.element.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.LocalService;
import net.testudo.element.management.Content;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.Protocol;
import net.testudo.element.resource.LeasePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final int OUTSIDE = 0;
    private static final int INSIDE = 1;
    private static final String NETWORKS = """
            /testudo-cluster:cluster/enabled = true
            /testudo-cluster:cluster/name = demo
            /testudo-cluster:cluster/cluster-port[.='clu']
            /testudo-cluster:cluster/data-network[name='outside']/address = 198.51.100.1/24
            /testudo-cluster:cluster/data-network[name='outside']/gateway = 198.51.100.254
            /testudo-cluster:cluster/data-network[name='inside']/address = 10.0.0.1/24
            /testudo-cluster:cluster/data-network[name='dmz']/address = 10.0.1.1/24
            /testudo-cluster:cluster/local-network = inside
            """;
    private static final String POLICY = """
            /testudo-policy:policy/rule[name='no-smtp']/from-network = inside
            /testudo-policy:policy/rule[name='no-smtp']/protocol = tcp
            /testudo-policy:policy/rule[name='no-smtp']/destination-port = 25
            /testudo-policy:policy/rule[name='no-smtp']/action = drop
            /testudo-policy:policy/rule[name='out']/from-network = inside
            /testudo-policy:policy/rule[name='out']/to-network = outside
            /testudo-policy:policy/rule[name='out']/action = accept
            /testudo-policy:policy/rule[name='web']/to-network = inside
            /testudo-policy:policy/rule[name='web']/destination = 10.0.0.80
            /testudo-policy:policy/rule[name='web']/protocol = tcp
            /testudo-policy:policy/rule[name='web']/destination-port = 8080..8089
            /testudo-policy:policy/rule[name='web']/action = accept
            /testudo-policy:policy/rule[name='dmz']/to-network = dmz
            /testudo-policy:policy/rule[name='dmz']/source = 10.0.0.0/25
            /testudo-policy:policy/rule[name='dmz']/action = accept
            /testudo-policy:policy/source-nat[name='s1']/from-network = inside
            /testudo-policy:policy/source-nat[name='s1']/to-network = outside
            /testudo-policy:policy/source-nat[name='s1']/source = 10.0.0.0/25
            /testudo-policy:policy/source-nat[name='s1']/port-range = 8000..20000
            /testudo-policy:policy/source-nat[name='s1']/block-size = 128
            /testudo-policy:policy/destination-nat[name='d1']/network = outside
            /testudo-policy:policy/destination-nat[name='d1']/protocol = tcp
            /testudo-policy:policy/destination-nat[name='d1']/port-range = 8080..8099
            /testudo-policy:policy/destination-nat[name='d1']/to-address = 10.0.0.80
            /testudo-system:system/local-access[service='icmp']/network[.='inside']
            /testudo-system:system/local-access[service='icmp']/network[.='outside']
            """;

    private final Policy policy = compile(NETWORKS + POLICY);
    private final FlowDecision decision = new FlowDecision();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inside  | tcp  | 10.0.0.5:1000       | 192.0.2.9:80        | FORWARD_SOURCE_NAT  | 1
            inside  | udp  | 10.0.0.5:1000       | 192.0.2.9:53        | FORWARD_SOURCE_NAT  | 1
            inside  | icmp | 10.0.0.5:7          | 192.0.2.9:7         | FORWARD_SOURCE_NAT  | 1
            inside  | esp  | 10.0.0.5:7          | 192.0.2.9:7         | DROP_UNTRANSLATABLE | 1
            inside  | tcp  | 10.0.0.200:1000     | 192.0.2.9:80        | FORWARD             | 1
            inside  | esp  | 10.0.0.200:7        | 192.0.2.9:7         | FORWARD             | 1
            inside  | tcp  | 10.0.0.5:1000       | 192.0.2.9:25        | DROP_RULE           | 0
            inside  | udp  | 10.0.0.5:1000       | 192.0.2.9:25        | FORWARD_SOURCE_NAT  | 1
            outside | tcp  | 192.0.2.9:1000      | 198.51.100.1:8080   | FORWARD             | 2
            outside | tcp  | 192.0.2.9:1000      | 198.51.100.1:8090   | DROP_DEFAULT        | -1
            outside | udp  | 192.0.2.9:1000      | 198.51.100.1:8080   | DROP_LOCAL          | -1
            outside | tcp  | 192.0.2.9:1000      | 198.51.100.1:830    | DROP_LOCAL          | -1
            outside | icmp | 192.0.2.9:1         | 198.51.100.1:1      | LOCAL               | -1
            outside | icmp | 192.0.2.9:1         | 10.0.0.1:1          | DROP_LOCAL          | -1
            outside | tcp  | 192.0.2.9:1000      | 10.0.0.80:22        | DROP_DEFAULT        | -1
            outside | tcp  | 192.0.2.9:1000      | 10.0.0.80:8085      | FORWARD             | 2
            inside  | tcp  | 10.0.0.5:1000       | 10.0.0.1:830        | LOCAL               | -1
            inside  | udp  | 10.0.0.5:1000       | 10.0.0.1:161        | LOCAL               | -1
            inside  | tcp  | 10.0.0.5:1000       | 10.0.0.1:161        | DROP_LOCAL          | -1
            inside  | tcp  | 10.0.0.5:1000       | 198.51.100.1:8080   | DROP_LOCAL          | -1
            dmz     | tcp  | 10.0.1.5:1000       | 10.0.1.1:830        | DROP_LOCAL          | -1
            inside  | tcp  | 10.0.0.5:1000       | 10.0.1.9:80         | FORWARD             | 3
            inside  | tcp  | 10.0.0.200:1000     | 10.0.1.9:80         | DROP_DEFAULT        | -1
            outside | tcp  | 10.0.0.5:1000       | 10.0.1.9:80         | DROP_SPOOFED        | -1
            inside  | tcp  | 192.0.2.9:1000      | 10.0.1.9:80         | DROP_SPOOFED        | -1
            inside  | tcp  | 10.0.0.1:1000       | 192.0.2.9:80        | DROP_SPOOFED        | -1
            inside  | tcp  | 10.0.0.255:1000     | 192.0.2.9:80        | DROP_SPOOFED        | -1
            outside | tcp  | 127.0.0.1:1000      | 10.0.0.80:8080      | DROP_SPOOFED        | -1
            outside | tcp  | 224.0.0.1:1000      | 10.0.0.80:8080      | DROP_SPOOFED        | -1
            inside  | udp  | 10.0.0.5:1000       | 10.0.1.255:80       | DROP_NOT_A_HOST     | -1
            inside  | udp  | 10.0.0.5:1000       | 10.0.1.0:80         | DROP_NOT_A_HOST     | -1
            inside  | udp  | 10.0.0.5:1000       | 239.1.1.1:80        | DROP_NOT_A_HOST     | -1
            inside  | udp  | 10.0.0.5:1000       | 255.255.255.255:67  | DROP_NOT_A_HOST     | -1
            inside  | udp  | 10.0.0.5:1000       | 127.0.0.1:80        | DROP_NOT_A_HOST     | -1
            """)
    void theFirstPacketDecides(String from, String protocol, String source, String target, Verdict verdict, int rule) {
        decide(policy, List.of("outside", "inside", "dmz").indexOf(from), protocol, source, target);
        assertEquals(verdict, decision.verdict());
        assertEquals(rule, decision.rule());
        assertEquals(verdict == Verdict.LOCAL, decision.service() != null);
        assertEquals(verdict == Verdict.FORWARD_SOURCE_NAT, decision.pool() != Policy.NO_POOL);
    }

    @Test
    void sourceNatGivesBothDirectionsTheirKeys() {
        decide(policy, INSIDE, "tcp", "10.0.0.5:1000", "192.0.2.9:80");
        assertEquals(OUTSIDE, decision.toNetwork());
        assertEquals(bits("198.51.100.254"), decision.nextHop());
        assertFalse(decision.translates());
        decision.sourcePort(8001);
        assertTrue(decision.translates());
        assertEquals(key("tcp", "10.0.0.5:1000", "192.0.2.9:80"), original());
        assertEquals(key("tcp", "198.51.100.1:8001", "192.0.2.9:80"), translated());
        assertEquals(key("tcp", "192.0.2.9:80", "198.51.100.1:8001"), reply());
    }

    @Test
    void sourceNatOfAnEchoRequestChangesItsIdentifier() {
        decide(policy, INSIDE, "icmp", "10.0.0.5:7", "192.0.2.9:7");
        decision.sourcePort(8001);
        assertEquals(key("icmp", "198.51.100.1:8001", "192.0.2.9:8001"), translated());
        assertEquals(key("icmp", "192.0.2.9:8001", "198.51.100.1:8001"), reply());
    }

    @Test
    void destinationNatKeepsThePort() {
        decide(policy, OUTSIDE, "tcp", "192.0.2.9:1000", "198.51.100.1:8081");
        assertEquals(INSIDE, decision.toNetwork());
        assertEquals(bits("10.0.0.80"), decision.nextHop());
        assertEquals(key("tcp", "192.0.2.9:1000", "10.0.0.80:8081"), translated());
        assertEquals(key("tcp", "10.0.0.80:8081", "192.0.2.9:1000"), reply());
        assertEquals(key("tcp", "192.0.2.9:1000", "198.51.100.1:8081"), original());
    }

    @Test
    void withoutAGatewayThereIsNoRoute() {
        Policy isolated = compile(NETWORKS.replaceAll("(?m)^.*gateway.*\\n", "") + POLICY);
        decide(isolated, INSIDE, "tcp", "10.0.0.5:1000", "192.0.2.9:80");
        assertEquals(Verdict.DROP_NO_ROUTE, decision.verdict());
    }

    @Test
    void theDefaultActionCanAccept() {
        Policy open = compile(NETWORKS + "/testudo-policy:policy/default-action = accept\n");
        decide(open, INSIDE, "tcp", "10.0.0.5:1000", "192.0.2.9:80");
        assertEquals(Verdict.FORWARD, decision.verdict());
        assertEquals(Policy.NO_RULE, decision.rule());
        assertTrue(decision.verdict().forwards());
    }

    @Test
    void localServicesAreReachedOnlyFromTheirNetworks() {
        long netconf = FlowKey.selectors(Protocol.TCP, FlowKey.ports(1000, 830));
        assertEquals(LocalService.NETCONF, policy.localService(INSIDE, netconf));
        assertNull(policy.localService(OUTSIDE, netconf));
        long overTls = FlowKey.selectors(Protocol.TCP, FlowKey.ports(1000, 6513));
        assertEquals(LocalService.NETCONF_TLS, policy.localService(INSIDE, overTls));
        assertNull(policy.localService(OUTSIDE, overTls));
        assertEquals(LocalService.ICMP, policy.localService(OUTSIDE, FlowKey.selectors(Protocol.ICMP, 0)));
    }

    @Test
    void poolsLeaveOutWhatThePortsMeanOtherwise() {
        List<LeasePool> pools = policy.pools();
        LeasePool nat = pools.getFirst();
        assertEquals(
                List.of(
                        new LeasePool.Range(8000, 8079),
                        new LeasePool.Range(8100, 10_239),
                        new LeasePool.Range(16_384, 20_000)),
                nat.ranges());
        assertEquals(bits("198.51.100.1"), nat.line());
        assertEquals(128, nat.blockSize());
        assertEquals(1, pools.size());
        assertEquals(pools, compile(NETWORKS + POLICY).pools());
    }

    @Test
    void evaluationAgreesWithAPlainReadingOfRandomRules() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(NETWORKS);
            int[][] rules = new int[1 + random.nextInt(20)][];
            for (int i = 0; i < rules.length; i++) {
                int[] rule = {random.nextInt(3), random.nextInt(40), random.nextInt(40), random.nextInt(2)};
                rules[i] = rule;
                String path = "/testudo-policy:policy/rule[name='" + i + "']/";
                text.append(rule[0] == 0 ? "" : path + "from-network = " + (rule[0] == 1 ? "inside" : "dmz") + "\n")
                        .append(path)
                        .append("protocol = udp\n")
                        .append(path)
                        .append("destination-port = ")
                        .append(Math.min(rule[1], rule[2]))
                        .append("..")
                        .append(Math.max(rule[1], rule[2]))
                        .append('\n')
                        .append(path)
                        .append("action = ")
                        .append(rule[3] == 1 ? "accept" : "drop")
                        .append('\n');
            }
            Policy compiled = compile(text.toString());
            for (int port = 0; port < 40; port++) {
                int expected = Policy.NO_RULE;
                for (int i = rules.length - 1; i >= 0; i--) {
                    boolean matches = rules[i][0] < 2
                            && port >= Math.min(rules[i][1], rules[i][2])
                            && port <= Math.max(rules[i][1], rules[i][2]);
                    expected = matches ? i : expected;
                }
                decide(compiled, INSIDE, "udp", "10.0.0.5:1000", "192.0.2.9:" + port);
                assertEquals(expected, decision.rule(), "seed " + seed + " port " + port);
                boolean accepted = expected != Policy.NO_RULE && rules[expected][3] == 1;
                assertEquals(accepted, decision.verdict().forwards(), "seed " + seed + " port " + port);
            }
        }
    }

    private void decide(Policy with, int from, String protocol, String source, String target) {
        FlowKey key = key(protocol, source, target);
        with.decide(from, key.addresses(), key.selectors(), decision);
    }

    private FlowKey original() {
        return new FlowKey(decision.originalAddresses(), decision.originalSelectors());
    }

    private FlowKey translated() {
        return new FlowKey(decision.translatedAddresses(), decision.translatedSelectors());
    }

    private FlowKey reply() {
        return new FlowKey(decision.replyAddresses(), decision.replySelectors());
    }

    private static FlowKey key(String protocol, String source, String target) {
        String[] from = source.split(":", 2);
        String[] to = target.split(":", 2);
        int ports = FlowKey.ports(Integer.parseInt(from[1]), Integer.parseInt(to[1]));
        return FlowKey.of(Protocol.parse(protocol).orElseThrow(), bits(from[0]), bits(to[0]), ports);
    }

    private static int bits(String address) {
        return Ipv4Address.parse(address).orElseThrow().bits();
    }

    private static Policy compile(String configuration) {
        ClusterConfig.Parsed parsed = ClusterConfig.parse(new Content(configuration, ""));
        return Policy.compile(assertInstanceOf(ClusterConfig.Valid.class, parsed, parsed::toString)
                .config());
    }
}
