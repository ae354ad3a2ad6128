package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.ScopedContent;
import net.testudo.agent.datastore.TestModels;
import net.testudo.agent.datastore.Xml;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/// Filters that nobody means: a filter selects, or is refused with an error; nothing else happens.
/// `-Dfuzz.filters=1000000 -Dfuzz.seed=7` for more and others.
final class FilterFuzzTest {
    private static final int COUNT = Integer.getInteger("fuzz.filters", 20_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final String CLUSTER = "urn:testudo:yang:testudo-cluster";
    private static final String LINES = """
            /testudo-cluster:cluster/name = demo
            /testudo-cluster:cluster/data-network[name='inside']/address = 192.0.2.1/24
            /testudo-cluster:cluster/data-network[name='outside']/address = 198.51.100.1/24
            /testudo-cluster:cluster/member[serial='A1']/id = 1
            /testudo-system:system/user[name='op']/role = admin
            """;
    private static final List<String> EXPRESSIONS = List.of(
            "/c:cluster/c:data-network[c:name='inside']/c:address",
            "//c:*[last()]/following-sibling::node()",
            "/*[count(//c:member) > 0 and not(contains(string(.), 'x'))] | //@*",
            "//*[substring-before(., '.') = '192']/ancestor-or-self::*/namespace::*",
            "id('a') | //text()[position() mod 2 = 1]/..",
            "deref(//c:local-network)/../c:address | //*[enum-value(.) = 1 or bit-is-set(., 'a')]",
            "//*[derived-from-or-self(., 'c:none') or re-match(current()//c:name, '[a-z]+')]",
            "//comment() | //processing-instruction('x')");
    private static final String CHARACTERS = "/[]()@*.:|=<>!+-,'\"$ c1xdiv\u00e9\ud834\udd1e\t";

    private final SplittableRandom random = new SplittableRandom(SEED);
    private int refused;
    private int selected;

    private static Element data() {
        return data(LINES);
    }

    private static Element data(String lines) {
        Element data = Xml.root(Xml.BASE, "data");
        try {
            new CanonicalXml(TestModels.PRODUCT).append(data, lines);
        } catch (CanonicalFormException e) {
            throw new AssertionError(e);
        }
        return data;
    }

    private String mutated(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0 && !changed.isEmpty(); i--) {
            int at = random.nextInt(changed.length());
            int end = Math.min(changed.length(), at + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> changed.setCharAt(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                case 1 -> changed.delete(at, end);
                case 2 -> changed.insert(at, changed.substring(at, end).repeat(random.nextInt(5)));
                default -> {
                    String other = EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size()));
                    changed.insert(at, other, 0, random.nextInt(other.length()));
                }
            }
        }
        return changed.toString();
    }

    private void apply(DataFilter filter, int depth) {
        Element data = data();
        try {
            filter.apply(data, depth);
            selected++;
        } catch (RpcException e) {
            assertFalse(e.errors().getFirst().message().isEmpty());
            refused++;
        }
    }

    private int depth() {
        return random.nextBoolean() ? DataFilter.UNBOUNDED : 1 + random.nextInt(4);
    }

    @Test
    void expressionsSelectOrAreRefused() {
        for (int i = 0; i < COUNT; i++) {
            Element leaf = Xml.root(DataReads.NAMESPACE, "xpath-filter");
            leaf.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:c", CLUSTER);
            leaf.setTextContent(mutated(EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size()))));
            try {
                apply(XPathFilter.ofLeaf(TestModels.PRODUCT, leaf), depth());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + SEED + ", number " + i + ": " + leaf.getTextContent(), e);
            }
        }
        assertTrue(selected > COUNT / 50 && refused > COUNT / 4, selected + " selected, " + refused + " refused");
    }

    @Test
    void longExpressionsSelectOrAreRefused() {
        for (String part : List.of("-", "1+", "/c:cluster", "//*|", "1=", "c:cluster and ", "@*/../")) {
            Element leaf = Xml.root(DataReads.NAMESPACE, "xpath-filter");
            leaf.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:c", CLUSTER);
            leaf.setTextContent(part.repeat(8_000 / part.length()) + (part.startsWith("/c") ? "" : "1"));
            apply(XPathFilter.ofLeaf(TestModels.PRODUCT, leaf), DataFilter.UNBOUNDED);
        }
        assertEquals(7, selected + refused);
    }

    private void grow(Element parent, int depth) {
        List<String> names =
                List.of("cluster", "name", "data-network", "address", "member", "serial", "id", "nonsense");
        for (int i = random.nextInt(4); i > 0; i--) {
            String namespace = random.nextInt(8) == 0 ? Xml.BASE : CLUSTER;
            Element child = Xml.append(parent, namespace, names.get(random.nextInt(names.size())), "");
            if (random.nextInt(3) == 0) {
                String text = List.of("inside", " inside", "A1", "1", "demo").get(random.nextInt(5));
                child.setTextContent(random.nextBoolean() ? text : mutated(text));
            } else if (depth > 0) {
                grow(child, depth - 1);
            }
        }
    }

    @Test
    void subtreesSelectTheSameOfWhatIsReadForThemAsOfAll() throws Exception {
        int narrowed = 0;
        for (int i = 0; i < COUNT; i++) {
            Element filter = Xml.root(Xml.BASE, "filter");
            grow(random.nextInt(4) == 0 ? filter : Xml.append(filter, CLUSTER, "cluster", ""), 4);
            SubtreeFilter subtree = new SubtreeFilter(filter);
            String lines = ScopedContent.of(TestModels.PRODUCT, LINES, subtree.subtrees());
            narrowed += lines.equals(LINES) ? 0 : 1;
            Element all = data();
            Element some = data(lines);
            int depth = depth();
            subtree.apply(all, depth);
            subtree.apply(some, depth);
            assertTrue(all.isEqualNode(some), "seed " + SEED + ", number " + i + ", read: " + lines);
        }
        assertTrue(narrowed > COUNT / 4, narrowed + " of " + COUNT);
    }
}
