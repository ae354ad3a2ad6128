package net.testudo.element.config;

import java.util.List;
import java.util.Optional;

/// The path of a line in a configuration: an instance identifier in the style of RFC 7951 §6.11.
///
/// In a predicate's literal a backslash is written `\\`, a line feed `\n`; the literal stands in apostrophes, in
/// double quotes if it holds an apostrophe, and in apostrophes with `\'` if it holds both.
///
/// @param steps from the root, at least one
public record ConfigPath(List<Step> steps) {
    /// One step: a name, with predicates if it is an entry of a list (`[key='value']`) or leaf-list (`[.='value']`).
    ///
    /// @param name with module name and colon where the module changes
    /// @param predicates in the order of the keys
    public record Step(String name, List<Predicate> predicates) {
        /// Keeps its own copy of the predicates.
        public Step {
            predicates = List.copyOf(predicates);
        }

        @Override
        public String toString() {
            if (predicates.isEmpty()) {
                return "/" + name;
            }
            StringBuilder text = new StringBuilder("/").append(name);
            predicates.forEach(text::append);
            return text.toString();
        }
    }

    /// A condition of a step.
    ///
    /// @param key name of the key leaf, or `.` for the value of a leaf-list entry
    /// @param value of it
    public record Predicate(String key, String value) {
        @Override
        public String toString() {
            String escaped = value.replace("\\", "\\\\").replace("\n", "\\n");
            boolean apostrophe = escaped.indexOf('\'') >= 0;
            if (apostrophe && escaped.indexOf('"') < 0) {
                return "[" + key + "=\"" + escaped + "\"]";
            }
            return "[" + key + "='" + escaped.replace("'", "\\'") + "']";
        }
    }

    /// Keeps its own copy of the steps.
    public ConfigPath {
        steps = List.copyOf(steps);
    }

    /// The path written as `text`, or nothing if it is none.
    public static Optional<ConfigPath> parse(String text) {
        PathScanner scanner = new PathScanner(text);
        return scanner.fault() == null && scanner.end() == text.length()
                ? Optional.of(new ConfigPath(scanner.steps()))
                : Optional.empty();
    }

    /// The text of the path of a list entry: `listPath[key='value']`, with `value` escaped. With the key `.` it is
    /// that of a leaf-list entry.
    public static String entry(String listPath, String key, String value) {
        return listPath + new Predicate(key, value);
    }

    /// Whether a path written as `text` is canonical in any case: only quotation marks and escapes leave a choice.
    static boolean hasOneSpelling(String text) {
        return text.indexOf('"') < 0 && text.indexOf('\\') < 0;
    }

    /// Whether this path is `other` or lies below it. Without a predicate in its last step, `other` stands for all
    /// entries of its list.
    public boolean startsWith(ConfigPath other) {
        int depth = other.steps.size();
        if (steps.size() < depth || !steps.subList(0, depth - 1).equals(other.steps.subList(0, depth - 1))) {
            return false;
        }
        Step wanted = other.steps.getLast();
        Step found = steps.get(depth - 1);
        return wanted.predicates().isEmpty() ? wanted.name().equals(found.name()) : wanted.equals(found);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        steps.forEach(text::append);
        return text.toString();
    }
}
