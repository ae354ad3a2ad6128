package net.testudo.element.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.management.Content;
import net.testudo.element.wire.cluster.FlowProbe;
import net.testudo.element.wire.cluster.ProbeVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The packets by which a policy is looked at.
class PolicyProbesTest {
    private static final String CONFIGURATION = """
            /testudo-cluster:cluster/enabled = true
            /testudo-cluster:cluster/name = demo
            /testudo-cluster:cluster/cluster-port[.='clu']
            /testudo-cluster:cluster/data-network[name='outside']/address = 198.51.100.1/24
            /testudo-cluster:cluster/data-network[name='outside']/gateway = 198.51.100.254
            /testudo-cluster:cluster/data-network[name='inside']/address = 10.0.0.1/24
            /testudo-cluster:cluster/local-network = inside
            /testudo-policy:policy/rule[name='no-smtp']/protocol = tcp
            /testudo-policy:policy/rule[name='no-smtp']/destination-port = 25..26
            /testudo-policy:policy/rule[name='no-smtp']/action = drop
            /testudo-policy:policy/rule[name='web']/from-network = outside
            /testudo-policy:policy/rule[name='web']/destination = 10.0.0.80/32
            /testudo-policy:policy/rule[name='web']/protocol = tcp
            /testudo-policy:policy/rule[name='web']/destination-port = 8080..8089
            /testudo-policy:policy/rule[name='web']/action = accept
            /testudo-policy:policy/rule[name='out']/from-network = inside
            /testudo-policy:policy/rule[name='out']/to-network = outside
            /testudo-policy:policy/rule[name='out']/action = accept
            /testudo-policy:policy/source-nat[name='s1']/from-network = inside
            /testudo-policy:policy/source-nat[name='s1']/to-network = outside
            /testudo-policy:policy/destination-nat[name='d1']/network = outside
            /testudo-policy:policy/destination-nat[name='d1']/protocol = tcp
            /testudo-policy:policy/destination-nat[name='d1']/port-range = 8080..8089
            /testudo-policy:policy/destination-nat[name='d1']/to-address = 10.0.0.80
            /testudo-system:system/local-access[service='icmp']/network[.='inside']
            """;

    private static ClusterConfig config(String text) {
        return assertInstanceOf(ClusterConfig.Valid.class, ClusterConfig.parse(new Content(text, "")))
                .config();
    }

    private static List<ProbeVerdict> verdicts(List<FlowProbe> probes, ClusterConfig config) {
        Policy policy = Policy.compile(config);
        return probes.stream().map(probe -> PolicyProbes.verdict(policy, probe)).toList();
    }

    @Test
    void theSameConfigurationGivesTheSamePacketsEachOnce() {
        List<FlowProbe> probes = PolicyProbes.of(config(CONFIGURATION));
        assertEquals(probes, PolicyProbes.of(config(CONFIGURATION)));
        assertEquals(probes.size(), new HashSet<>(probes).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /rule[name='no-smtp']/action = drop                    | /rule[name='no-smtp']/action = accept
            /rule[name='no-smtp']/destination-port = 25..26        | /rule[name='no-smtp']/destination-port = 25..27
            /rule[name='no-smtp']/destination-port = 25..26        | /rule[name='no-smtp']/destination-port = 26..26
            /rule[name='web']/action = accept                      | /rule[name='web']/action = drop
            /rule[name='web']/destination = 10.0.0.80/32           | /rule[name='web']/destination = 10.0.0.81/32
            /rule[name='web']/destination-port = 8080..8089        | /rule[name='web']/destination-port = 8080..8088
            /rule[name='web']/protocol = tcp                       | /rule[name='web']/protocol = udp
            /rule[name='out']/action = accept                      | /rule[name='out']/action = drop
            /rule[name='out']/from-network = inside                | /rule[name='out']/from-network = outside
            /source-nat[name='s1']/from-network = inside           | /source-nat[name='s1']/from-network = outside
            /destination-nat[name='d1']/port-range = 8080..8089    | /destination-nat[name='d1']/port-range = 8080..8090
            /destination-nat[name='d1']/to-address = 10.0.0.80     | /destination-nat[name='d1']/to-address = 10.0.0.81
            /local-access[service='icmp']/network[.='inside']      | /local-access[service='icmp']/network[.='outside']
            /gateway = 198.51.100.254                              | /gateway = 198.51.100.253
            """)
    void eachOfTheseDifferencesIsSeen(String here, String there) {
        assertTrue(CONFIGURATION.contains(here), here);
        ClusterConfig config = config(CONFIGURATION);
        List<FlowProbe> probes = PolicyProbes.of(config);
        assertNotEquals(verdicts(probes, config), verdicts(probes, config(CONFIGURATION.replace(here, there))));
    }

    @Test
    void aLargePolicyIsLookedAtInPart() {
        StringBuilder large = new StringBuilder(CONFIGURATION);
        for (int i = 0; i < 2_000; i++) {
            String rule = "/testudo-policy:policy/rule[name='r" + i + "']";
            large.append(rule)
                    .append("/destination-port = ")
                    .append(10_000 + 3 * i)
                    .append("..")
                    .append(10_001 + 3 * i);
            large.append('\n').append(rule).append("/protocol = udp\n");
            large.append(rule).append("/action = accept\n");
        }
        List<FlowProbe> probes = PolicyProbes.of(config(large.toString()));
        assertTrue(probes.size() > PolicyProbes.PROBES_MAX / 2, () -> "only " + probes.size());
        assertTrue(probes.size() <= PolicyProbes.PROBES_MAX, () -> "as many as " + probes.size());
    }

    @Test
    void anyQuestionHasAnAnswer() {
        Policy policy = Policy.compile(config(CONFIGURATION));
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 10_000; i++) {
            FlowProbe probe = new FlowProbe(random.nextInt(256), random.nextLong(), random.nextLong());
            ProbeVerdict verdict = PolicyProbes.verdict(policy, probe);
            assertEquals(verdict, PolicyProbes.verdict(policy, probe));
        }
    }
}
