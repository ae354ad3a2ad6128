package net.testudo.element.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import net.testudo.element.config.NodeDifference.Operation;
import net.testudo.element.config.NodeDifference.Part;
import net.testudo.element.management.Content;
import net.testudo.element.management.HeldContent;
import org.junit.jupiter.api.Test;

/// What the operator sees of a member that works with something else.
final class MemberDifferencesTest {
    private static final String CLUSTER = "0b2d4f60-7182-4394-a5b6-c7d8e9fa0b1c";
    private static final String RULES = """
            /a:policy/rule[name='x']/action = accept
            /a:policy/rule[name='y']/action = accept
            /a:policy/rule[name='z']
            """;
    private static final String SECRETS = "/a:key = 5a5a\n";

    private static List<NodeDifference> differences(Content there) {
        return MemberDifferences.list(
                CLUSTER,
                new HeldContent(HeldContent.DECIDED, 4, "ab", new Content(RULES, SECRETS)),
                new HeldContent(2, 4, "cd", there));
    }

    private static List<NodeDifference> configuration(String there) {
        return differences(new Content(there, SECRETS));
    }

    private static NodeDifference shown(Operation operation, String path, String here, String there) {
        return new NodeDifference(Part.CLUSTER, operation, path, false, here, there);
    }

    @Test
    void aValueAMissingAndAFurtherNodeAreTold() {
        assertEquals(
                List.of(
                        shown(Operation.REPLACE, "/a:policy/rule[name='x']/action", "accept", "a\nb"),
                        shown(Operation.DELETE, "/a:policy/rule[name='z']", "", ""),
                        shown(Operation.CREATE, "/a:policy/rule[name='w']", "", "")),
                configuration(RULES.replaceFirst("accept", "a\\\\nb").replace("'z'", "'w'")));
    }

    @Test
    void theFirstNodeAtAnotherPlaceIsTold() {
        assertEquals(List.of(shown(Operation.MOVE, "/a:policy/rule[name='x']/action", "", "")), configuration("""
                        /a:policy/rule[name='y']/action = accept
                        /a:policy/rule[name='x']/action = accept
                        /a:policy/rule[name='z']
                        """));
    }

    @Test
    void aDamagedLineIsToldAsOneAndByWhatItHeld() {
        assertEquals(
                List.of(
                        shown(Operation.DAMAGE, "", "", ""),
                        shown(Operation.DELETE, "/a:policy/rule[name='y']/action", "accept", "")),
                configuration(RULES.replace("/a:policy/rule[name='y']", "/a:policy/rule[name=#y']")));
        assertEquals(List.of(shown(Operation.DAMAGE, "", "", "")), configuration(RULES + "/a:policy/rule[name='z']\n"));
    }

    @Test
    void ofASecretOnlyThePathIsTold() {
        List<NodeDifference> altered = differences(new Content(RULES, "/a:key = 5a5b\n/a:kex[.='5a5b']\n"));
        assertEquals(
                List.of(
                        new NodeDifference(Part.CLUSTER, Operation.REPLACE, "/a:key", true, "", ""),
                        new NodeDifference(Part.CLUSTER, Operation.CREATE, "", true, "", "")),
                altered);
        assertFalse(altered.toString().contains("5a5"));
    }

    @Test
    void whatIsDerivedForTheDeviceIsComparedAlsoIfTheHashesAreEqual() {
        HeldContent decided = new HeldContent(HeldContent.DECIDED, 4, "ab", new Content(RULES, SECRETS));
        HeldContent told = new HeldContent(2, 4, "ab", Content.EMPTY, "/testudo-cluster:device/id = 3\n", "");
        assertEquals(
                List.of(new NodeDifference(
                        Part.DEVICE, Operation.CREATE, "/testudo-cluster:device/id", false, "", "3")),
                MemberDifferences.list(CLUSTER, decided, told));
        HeldContent silent = new HeldContent(3, 0, "", Content.EMPTY, "", "it is not heard");
        assertEquals(List.of(), MemberDifferences.list(CLUSTER, decided, silent));
    }
}
