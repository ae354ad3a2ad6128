package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.testudo.element.management.Content;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.SystemMapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// A validation looks into what is different, and into what rests on that, and finds what one of all would find.
final class ValidEntriesTest {
    private static final int STEPS = Integer.getInteger("validation.steps", 400);
    private static final String BASE = "/testudo-entries:base/";
    private static final String ALL = "/testudo-entries:all/";
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<String> ENTRIES = List.of("a", "b", "f", "g", "h", "i", "j", "k");
    /// Of an entry, so that something is wrong with few.
    private static final int LEAVES_MAX = 2;
    private static final List<String> LEAVES = List.of(
            "first",
            "second",
            "reference",
            "limited",
            "conditional",
            "sibling",
            "everywhere",
            "chosen",
            "whole",
            "standard",
            "presence",
            "noted");

    private CanonicalForm form = new CanonicalForm(TestModels.ENTRIES);
    private ConstraintValidator validator = new ConstraintValidator(TestModels.ENTRIES);

    private List<RpcError> validate(String lines) throws CanonicalFormException {
        return validator.validate(form.tree(new Content(lines, "")));
    }

    private static ContainerNode read(String lines) throws CanonicalFormException {
        return new CanonicalReader(TestModels.ENTRIES).read(new Content(lines, ""));
    }

    /// `node`, in which all that is the same as in `former` is the very same, as where a tree was edited.
    private static NormalizedNode shared(@Nullable NormalizedNode former, NormalizedNode node) {
        if (former != null && former.equals(node)) {
            return former;
        }
        return switch (node) {
            case ContainerNode container
            when former instanceof ContainerNode old -> {
                var builder = ImmutableNodes.newContainerBuilder().withNodeIdentifier(container.name());
                for (DataContainerChild child : container.body()) {
                    builder.withChild((DataContainerChild) shared(old.childByArg(child.name()), child));
                }
                yield builder.build();
            }
            case UserMapNode map
            when former instanceof UserMapNode old -> {
                var builder = ImmutableNodes.newUserMapBuilder().withNodeIdentifier(map.name());
                map.body().forEach(entry -> builder.withChild(entry(old, entry)));
                yield builder.build();
            }
            case SystemMapNode map
            when former instanceof SystemMapNode old -> {
                var builder = ImmutableNodes.newSystemMapBuilder().withNodeIdentifier(map.name());
                map.body().forEach(entry -> builder.withChild(entry(old, entry)));
                yield builder.build();
            }
            default -> node;
        };
    }

    private static MapEntryNode entry(MapNode former, MapEntryNode entry) {
        return (MapEntryNode) shared(former.childByArg(entry.name()), entry);
    }

    private static String entries(int count, String more) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String path = ALL + "entry[name='e" + i + "']/";
            lines.append(path).append("first = f\n").append(path).append(more).append('\n');
        }
        return lines.toString();
    }

    private int lookedIntoAfter(String before, String after) throws CanonicalFormException {
        form = new CanonicalForm(TestModels.ENTRIES);
        validator = new ConstraintValidator(TestModels.ENTRIES);
        assertEquals(List.of(), validate(before));
        assertEquals(List.of(), validate(after));
        return validator.lookedInto();
    }

    @Test
    void oneOfManyEntries() throws CanonicalFormException {
        String base = BASE + "target[name='t']\n";
        String many = base + entries(100, "reference = t");
        assertEquals(1, lookedIntoAfter(many, many.replace("[name='e7']/first = f", "[name='e7']/first = g")));
        assertEquals(0, lookedIntoAfter(many, many));
        assertEquals(
                0,
                lookedIntoAfter(
                        many,
                        many.replace(ALL + "entry[name='e7']/first = f\n", "")
                                .replace(ALL + "entry[name='e7']/reference = t\n", "")));
    }

    @Test
    void nothingIsRememberedOfADeviceThatIsUnconfigured() throws CanonicalFormException {
        String many = entries(10, "limited = 3");
        assertEquals(0, lookedIntoAfter(many, many));
        validator.forget();
        assertEquals(List.of(), validate(many));
        assertEquals(10, validator.lookedInto());
    }

    @Test
    void whatNoEntryRestsOn() throws CanonicalFormException {
        String many = BASE + "target[name='t']\n" + BASE + "text = t\n" + entries(100, "reference = t");
        assertEquals(0, lookedIntoAfter(many, many.replace("text = t", "text = u")));
        assertEquals(0, lookedIntoAfter(many, BASE + "limit = 7\n" + many));
    }

    @Test
    void whatAllEntriesRestOn() throws CanonicalFormException {
        String many = BASE + "target[name='t']\n" + entries(100, "reference = t");
        String more = many.replace("[name='t']", "[name='t']/note = n");
        assertEquals(101, lookedIntoAfter(many, more));
        assertEquals(100, validate(many.replace("[name='t']", "[name='u']")).size());
    }

    @Test
    void entriesInWhichSomethingIsWrongAreLookedIntoAgain() throws CanonicalFormException {
        String wrong = entries(3, "limited = 6");
        assertEquals(3, validate(wrong).size());
        assertEquals(3, validate(wrong).size());
        assertEquals(List.of(), validate(BASE + "limit = 6\n" + wrong));
    }

    /// Some of all leaves that there are; few change from step to step.
    private static final class Changing {
        private final Random random;
        private final Map<String, String> base = new TreeMap<>();
        private final List<String> order = new ArrayList<>();
        private final Map<String, Map<String, String>> entries = new TreeMap<>();
        private final Map<String, Map<String, String>> inner = new TreeMap<>();
        private final Set<String> targets = new HashSet<>();

        Changing(Random random) {
            this.random = random;
        }

        private String one(List<String> values) {
            return values.get(random.nextInt(values.size()));
        }

        private void change() {
            switch (random.nextInt(8)) {
                case 0 -> put(base, one(List.of("limit", "text", "standard", "present", "pick-a", "deep")));
                case 1 -> {
                    String target = one(NAMES);
                    if (!targets.remove(target)) {
                        targets.add(target);
                    }
                }
                case 2 -> put(base, "mode");
                case 3 -> put(base, "note " + one(NAMES));
                case 4 ->
                    put(
                            inner.computeIfAbsent(one(NAMES) + one(NAMES), _ -> new TreeMap<>()),
                            one(List.of("next", "bound")));
                default -> {
                    String name = one(ENTRIES);
                    if (random.nextInt(12) == 0) {
                        order.remove(name);
                        entries.remove(name);
                    } else {
                        Map<String, String> leaves = entries.computeIfAbsent(name, _ -> new TreeMap<>());
                        if (leaves.size() >= LEAVES_MAX) {
                            leaves.remove(one(List.copyOf(leaves.keySet())));
                        }
                        put(leaves, one(LEAVES));
                        if (!order.contains(name)) {
                            order.add(random.nextInt(order.size() + 1), name);
                        }
                    }
                }
            }
        }

        private void put(Map<String, String> leaves, String leaf) {
            if (leaves.containsKey(leaf) && random.nextBoolean()) {
                leaves.remove(leaf);
                return;
            }
            leaves.put(
                    leaf,
                    switch (leaf) {
                        case "limit", "limited", "bound" -> Integer.toString(3 + random.nextInt(5));
                        case "mode" -> one(List.of("on", "off"));
                        case "text" -> one(List.of("good", "bad"));
                        case "standard" -> one(List.of("x", "y"));
                        default -> one(NAMES);
                    });
        }

        private void line(StringBuilder lines, String path, Map<String, String> leaves, String leaf) {
            if (leaves.containsKey(leaf)) {
                lines.append(path)
                        .append(leaf)
                        .append(" = ")
                        .append(leaves.get(leaf))
                        .append('\n');
            }
        }

        String lines() {
            StringBuilder lines = new StringBuilder();
            line(lines, BASE, base, "limit");
            for (String target : NAMES) {
                String note = base.get("note " + target);
                if (targets.contains(target)) {
                    lines.append(
                            BASE + "target[name='" + target + "']" + (note == null ? "" : "/note = " + note) + "\n");
                }
            }
            if (base.containsKey("pick-a")) {
                line(lines, BASE, base, "pick-a");
            } else {
                line(lines, BASE + "pick-c/", base, "deep");
            }
            line(lines, BASE, base, "text");
            line(lines, BASE + "deep/", base, "standard");
            if (base.containsKey("present")) {
                lines.append(BASE + "present\n");
            }
            line(lines, ALL, base, "mode");
            for (String name : order) {
                String path = ALL + "entry[name='" + name + "']";
                int before = lines.length();
                LEAVES.forEach(leaf -> line(lines, path + "/", entries.getOrDefault(name, Map.of()), leaf));
                for (String id : NAMES) {
                    Map<String, String> leaves = inner.getOrDefault(name + id, Map.of());
                    String deep = path + "/inner[id='" + id + "']/";
                    line(lines, deep, leaves, "next");
                    line(lines, deep, leaves, "bound");
                }
                if (lines.length() == before) {
                    lines.append(path).append('\n');
                }
            }
            return lines.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void sameAsAValidationOfAll(long seed) throws CanonicalFormException {
        Random random = new Random(seed);
        Changing changing = new Changing(random);
        ContainerNode tree = read("");
        int all = 0;
        int looked = 0;
        for (int step = 0; step < STEPS; step++) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                changing.change();
            }
            String lines = changing.lines() + entries(10, "limited = 3");
            tree = (ContainerNode) shared(tree, read(lines));
            List<RpcError> found = validator.validate(tree);
            looked += validator.lookedInto();
            ConstraintValidator fresh = new ConstraintValidator(TestModels.ENTRIES);
            assertEquals(fresh.validate(read(lines)), found, () -> "seed " + seed + "\n" + lines);
            all += fresh.lookedInto();
        }
        assertTrue(looked < all / 2, looked + " of " + all + " entries");
    }
}
