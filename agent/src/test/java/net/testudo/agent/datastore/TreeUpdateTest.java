package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.testudo.element.management.Content;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;

/// [TreeUpdate] and [CanonicalForm]: what is made out of another tree is what would be read as a whole.
final class TreeUpdateTest {
    private static final CanonicalReader READER = new CanonicalReader(TestModels.EVERYTHING);
    private static final TreeUpdate UPDATE = new TreeUpdate(TestModels.EVERYTHING);

    private static final String PAIRS = """
            /testudo-test:top/pair[left='a'][right='1']/note = n
            /testudo-test:top/pair[left='a'][right='2']/deep[name='x']
            /testudo-test:top/pair[left='b'][right='1']
            /testudo-test:top/pair[left='c'][right='1']/note = n
            """;
    private static final String KEY = "/testudo-test:top/pair[left='a'][right='2']/deep[name='x']/key = k\n";

    private static Content written(ContainerNode tree) {
        return new CanonicalWriter(TestModels.EVERYTHING).write(tree);
    }

    private static Optional<Content> updated(Content before, Content after) throws CanonicalFormException {
        return UPDATE.of(READER.read(before), before, after).map(TreeUpdateTest::written);
    }

    private static void assertUpdated(String before, String after) throws CanonicalFormException {
        Content from = new Content(before, KEY);
        Content to = new Content(after, KEY);
        assertEquals(Optional.of(to), updated(from, to));
    }

    @Test
    void oneLeafOfAnEntry() throws CanonicalFormException {
        assertUpdated(PAIRS, PAIRS.replaceFirst("note = n", "note = other"));
        assertUpdated(PAIRS, PAIRS.replace("[left='c'][right='1']/note = n", "[left='c'][right='1']"));
        assertUpdated(PAIRS, PAIRS.replace("[left='b'][right='1']", "[left='b'][right='1']/note = is there"));
    }

    @Test
    void entriesThatComeAndGo() throws CanonicalFormException {
        String more = "/testudo-test:top/pair[left='b'][right='0']/note = n\n";
        String with = PAIRS.replaceFirst("(?m)^.*\\[left='b'].*$", more + "$0");
        assertUpdated(PAIRS, with);
        assertUpdated(with, PAIRS);
    }

    @Test
    void aLeafAndAnEntryOfALeafListOutsideOfEntries() throws CanonicalFormException {
        String text = "/testudo-test:top/text = t\n/testudo-test:top/tag[.='b']\n";
        assertUpdated(text + PAIRS, text.replace(" = t", " = other") + PAIRS);
        assertUpdated(text + PAIRS, "/testudo-test:top/tag[.='a']\n/testudo-test:top/tag[.='b']\n" + PAIRS);
    }

    @Test
    void aSecretOfAnEntryKeepsTheRestOfIt() throws CanonicalFormException {
        Content before = new Content(PAIRS, KEY);
        Content after = new Content(PAIRS, KEY.replace("= k", "= other"));
        assertEquals(Optional.of(after), updated(before, after));
        Content without = new Content(PAIRS, "");
        assertEquals(Optional.of(without), updated(before, without));
    }

    @Test
    void aPresenceContainerWithAndWithoutWhatIsInIt() throws CanonicalFormException {
        String text = "/testudo-test:top/present\n";
        assertUpdated(PAIRS, text + PAIRS);
        assertUpdated(text + PAIRS, PAIRS);
    }

    @Test
    void entriesThatAreTheSameAreShared() throws CanonicalFormException {
        CanonicalForm form = new CanonicalForm(TestModels.EVERYTHING);
        List<MapEntryNode> before = pairs(form.tree(new Content(PAIRS, KEY)));
        List<MapEntryNode> after = pairs(form.tree(new Content(PAIRS.replaceFirst("note = n", "note = other"), KEY)));
        assertNotSame(before.getFirst(), after.getFirst());
        for (int i = 1; i < before.size(); i++) {
            assertSame(before.get(i), after.get(i));
        }
    }

    @Test
    void nothingIsRememberedOfWhatWasBeforeTheDeviceWasUnconfigured() throws CanonicalFormException {
        CanonicalForm form = new CanonicalForm(TestModels.EVERYTHING);
        Content content = new Content(PAIRS, KEY);
        ContainerNode before = form.tree(content);
        assertSame(before, form.tree(content));
        form.tree(Content.EMPTY);
        assertNotSame(before, form.tree(content));
    }

    private static List<MapEntryNode> pairs(ContainerNode tree) {
        QName top = TestModels.EVERYTHING.qualify("testudo-test", "top").orElseThrow();
        ContainerNode container = (ContainerNode) tree.getChildByArg(new NodeIdentifier(top));
        MapNode map = (MapNode) container.getChildByArg(new NodeIdentifier(QName.create(top, "pair")));
        return List.copyOf(map.body());
    }

    @Test
    void aTextWhoseLinesStandElsewhereIsReadAsAWhole() throws CanonicalFormException {
        CanonicalForm form = new CanonicalForm(TestModels.EVERYTHING);
        form.tree(new Content(PAIRS, KEY));
        Content apart = new Content(PAIRS + "/testudo-test:top/pair[left='b'][right='1']/note = n\n", KEY);
        Content together = written(READER.read(apart));
        assertNotEquals(apart, together);
        assertEquals(together, written(form.tree(apart)));
        assertEquals(together, form.content(form.tree(apart)));
    }

    @Test
    void whatIsBrokenIsRefusedAsBefore() throws CanonicalFormException {
        CanonicalForm form = new CanonicalForm(TestModels.EVERYTHING);
        form.tree(new Content(PAIRS, KEY));
        Content broken = new Content(PAIRS + "/testudo-test:top/number = a\n", KEY);
        assertThrows(CanonicalFormException.class, () -> form.tree(broken));
    }

    @Test
    void randomContentsAreReadAsIfAlone() throws CanonicalFormException {
        int updates = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            CanonicalForm form = new CanonicalForm(TestModels.EVERYTHING);
            Content content = written(READER.read(new RandomContent(random).next()));
            form.tree(content);
            for (int step = 0; step < 5; step++) {
                Content next = written(READER.read(mixed(random, content, new RandomContent(random).next())));
                if (updated(content, next).filter(next::equals).isPresent()) {
                    updates++;
                }
                assertEquals(next, written(form.tree(next)), "seed " + seed);
                content = next;
            }
        }
        assertTrue(updates > 500, updates + " of 1500");
    }

    /// Most lines of the first, some of the second.
    private static Content mixed(Random random, Content most, Content some) {
        Set<String> paths = new LinkedHashSet<>();
        return new Content(
                mixed(random, most.configuration(), some.configuration(), paths),
                mixed(random, most.secrets(), some.secrets(), paths));
    }

    private static String mixed(Random random, String most, String some, Set<String> paths) {
        List<String> lines = new ArrayList<>();
        for (String line : most.lines().toList()) {
            if (random.nextInt(8) > 0 && paths.add(path(line))) {
                lines.add(line);
            }
        }
        for (String line : some.lines().toList()) {
            if (random.nextInt(8) == 0 && paths.add(path(line))) {
                lines.add(line);
            }
        }
        lines.add("");
        return String.join("\n", lines);
    }

    /// What may be there once; of the two cases of the choice one.
    private static String path(String line) {
        return line.replaceAll(" = .*", "").replaceAll("/(first|second/part)$", "/either-case");
    }
}
