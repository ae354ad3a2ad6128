package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.testudo.element.management.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the schema demands beyond types.
final class ConstraintValidatorTest {
    private static final String GOOD = """
            /testudo-test:rules/item[name='a']/size = 1
            /testudo-test:rules/item[name='b']/size = 1
            /testudo-test:rules/item[name='b']/place/seat = 1
            """;

    private static List<RpcError> validate(String lines) throws CanonicalFormException {
        return new ConstraintValidator(TestModels.EVERYTHING)
                .validate(new CanonicalReader(TestModels.EVERYTHING).read(new Content(lines, "")));
    }

    @Test
    void whatIsCompleteHasNoErrors() throws CanonicalFormException {
        assertEquals(List.of(), validate(""));
        assertEquals(List.of(), validate(GOOD + """
                        /testudo-test:rules/mode = fancy
                        /testudo-test:rules/decoration = d
                        /testudo-test:rules/total = 2
                        /testudo-test:rules/favourite = b
                        /testudo-test:rules/squad/pilot[.='p']
                        /testudo-test:rules/squad/jet =\s
                        """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    decoration = d             | unknown-element  |                   | /x:decoration
                    total = 3                  | operation-failed | wrong-total       | /x:total
                    favourite = c              | data-missing     | instance-required | /x:favourite
                    item[name='a']/weight = -1 | operation-failed | must-violation    | /x:item[x:name='a']
                    item[name='c']/weight = 1  | data-missing     |                   | /x:item[x:name='c']/x:size
                    item[name='a']/place/seat = 1 | operation-failed | data-not-unique | /x:item[x:name='b']
                    crew[.='1']~crew[.='2']~crew[.='3'] | operation-failed | too-many-elements | /x:crew
                    squad/jet =                | operation-failed | too-few-elements  | /x:squad/x:pilot
                    squad/pilot[.='p']         | data-missing     | missing-choice    | /x:squad
                    """)
    void aViolationIsNamedWithTagAppTagAndPath(String lines, String tag, String appTag, String path)
            throws CanonicalFormException {
        StringBuilder text = new StringBuilder(GOOD);
        for (String line : lines.split("~", -1)) {
            text.append("/testudo-test:rules/")
                    .append(line.endsWith(" =") ? line + " " : line)
                    .append('\n');
        }
        List<RpcError> errors = validate(text.toString());
        assertEquals(1, errors.size(), errors.toString());
        RpcError error = errors.getFirst();
        assertEquals(tag, error.tag());
        assertEquals(appTag == null ? "" : appTag, error.appTag());
        assertEquals("/testudo-test:rules" + path.replace("x:", "testudo-test:"), error.path());
    }

    @Test
    void everyConstraintOfOurModulesCanBeEvaluated() throws CanonicalFormException {
        String everything = """
                /testudo-cluster:cluster/enabled = true
                /testudo-cluster:cluster/data-network[name='in']/address = 192.0.2.1/24
                /testudo-cluster:cluster/data-network[name='in']/virtual-mac = 00:00:00:00:00:00
                /testudo-cluster:cluster/data-network[name='in']/witness[.='192.0.2.1']
                /testudo-cluster:cluster/data-network[name='in']/gateway = 192.0.2.1
                /testudo-cluster:cluster/member[serial='A1']/id = 1
                /testudo-cluster:cluster/member[serial='A1']/static-role = standby
                /testudo-cluster:cluster/member[serial='A1']/admin-state = maintenance
                /testudo-policy:policy/rule[name='r']/destination-port = 9..8
                /testudo-policy:policy/rule[name='r']/action = drop
                /testudo-policy:policy/source-nat[name='s']/from-network = in
                /testudo-policy:policy/source-nat[name='s']/to-network = in
                /testudo-policy:policy/source-nat[name='s']/port-range = 100..200
                /testudo-policy:policy/destination-nat[name='d']/network = in
                /testudo-policy:policy/destination-nat[name='d']/protocol = tcp
                /testudo-policy:policy/destination-nat[name='d']/port-range = 80..90
                /testudo-policy:policy/destination-nat[name='d']/to-address = 192.0.2.9
                /testudo-policy:policy/destination-nat[name='e']/network = in
                /testudo-policy:policy/destination-nat[name='e']/protocol = tcp
                /testudo-policy:policy/destination-nat[name='e']/port-range = 90..99
                /testudo-policy:policy/destination-nat[name='e']/to-address = 192.0.2.9
                """;
        List<String> found = new ConstraintValidator(TestModels.PRODUCT)
                .validate(new CanonicalReader(TestModels.PRODUCT).read(new Content(everything, ""))).stream()
                        .map(RpcError::appTag)
                        .toList();
        for (String appTag : List.of(
                "name-missing",
                "cluster-port-missing",
                "local-network-missing",
                "virtual-mac-zero",
                "witness-is-cluster",
                "gateway-is-cluster",
                "no-active-member",
                "no-member-in-service",
                "port-range-reversed",
                "port-without-protocol",
                "same-network",
                "port-range-privileged",
                "block-above-range",
                "port-range-overlap")) {
            assertTrue(found.contains(appTag), appTag + " not in " + found);
        }
    }
}
