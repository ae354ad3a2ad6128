package net.testudo.agent.datastore;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.testudo.element.management.Content;

/// What a content has of one module, as a tree, for readers to whom single lines say too little. Entries of
/// lists are in the order of the content.
public final class ContentTree {
    private final String path;
    private final String key;
    private final Map<String, Map<String, ContentTree>> children = new LinkedHashMap<>();
    private String value = "";

    private ContentTree(String path, String key) {
        this.path = path;
        this.key = key;
    }

    /// The nodes of `module`, configuration and secrets; the result stands above its top-level nodes.
    ///
    /// @throws CanonicalFormException if the text is not in canonical form
    public static ContentTree of(Content content, String module) throws CanonicalFormException {
        ContentTree root = new ContentTree("", "");
        String start = "/" + module + ":";
        for (String text : List.of(content.configuration(), content.secrets())) {
            int at = 0;
            while (at < text.length()) {
                int end = text.indexOf('\n', at);
                int next = end < 0 ? text.length() : end;
                if (text.startsWith(start, at)) {
                    root.add(CanonicalLine.parse(text.substring(at, next)));
                }
                at = next + 1;
            }
        }
        return root;
    }

    private void add(CanonicalLine line) {
        ContentTree node = this;
        for (CanonicalPath.Step step : line.path().steps()) {
            node = node.below(step);
        }
        node.value = line.value() == null ? "" : line.value();
    }

    private ContentTree below(CanonicalPath.Step step) {
        StringBuilder predicates = new StringBuilder();
        step.keys()
                .forEach(one -> predicates.append(InstancePath.predicate(
                        one.name().equals(".") ? "." : step.module() + ":" + one.name(), one.value())));
        String at = path + "/" + step.module() + ":" + step.name() + predicates;
        String first = step.keys().isEmpty() ? "" : step.keys().getFirst().value();
        return children.computeIfAbsent(step.name(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(predicates.toString(), _ -> new ContentTree(at, first));
    }

    /// Where this is, as error-path shows it.
    public String path() {
        return path;
    }

    /// The first key of this entry of a list, empty elsewhere.
    public String key() {
        return key;
    }

    /// The container at the end of `names`, if anything in it is set.
    public Optional<ContentTree> child(String... names) {
        Optional<ContentTree> node = Optional.of(this);
        for (String name : names) {
            node = node.flatMap(parent -> parent.all(name).stream().findFirst());
        }
        return node;
    }

    /// The entries of a list.
    public List<ContentTree> entries(String name) {
        return List.copyOf(all(name));
    }

    /// The value of this leaf.
    public String value() {
        return value;
    }

    /// The value of a leaf, or `absent`.
    public String leaf(String name, String absent) {
        return child(name).map(ContentTree::value).orElse(absent);
    }

    private Collection<ContentTree> all(String name) {
        return children.getOrDefault(name, Map.of()).values();
    }
}
