package net.testudo.element.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.testudo.element.config.ConfigPath.Predicate;
import net.testudo.element.config.ConfigPath.Step;
import org.jspecify.annotations.Nullable;

/// A configuration as lines of path and value, in document order: one of the two texts of
/// [net.testudo.element.management.Content]. Immutable; an edit answers a new document.
///
/// The text has one line a leaf, each ended by a line feed (the last one may lack it when parsed).
public final class ConfigDocument {
    /// The document without a line.
    public static final ConfigDocument EMPTY = new ConfigDocument(List.of());

    private final List<Line> lines;
    private final Map<String, Line> byPath;
    /// Made when it is first asked for.
    private volatile @Nullable Map<String, Set<List<Predicate>>> entries;

    private ConfigDocument(List<Line> lines) {
        this(lines, new HashMap<>());
        this.lines.forEach(line -> byPath.put(line.text, line));
    }

    private ConfigDocument(List<Line> lines, Map<String, Line> byPath) {
        this.lines = List.copyOf(lines);
        this.byPath = byPath;
    }

    /// What became of a text.
    public sealed interface Parsed {}

    /// The text is a document.
    public record Valid(ConfigDocument document) implements Parsed {}

    /// The text is none.
    ///
    /// @param lineNumber of the first line at fault, from 1
    /// @param reason what is wrong with it
    public record Malformed(int lineNumber, Reason reason) implements Parsed {}

    /// Why a line is no line of a document.
    public enum Reason {
        /// A line begins with a slash.
        PATH_EXPECTED,
        /// Behind a slash or in a predicate there is no name.
        NAME_EXPECTED,
        /// A predicate is not of the form `[name='value']`.
        PREDICATE_MALFORMED,
        /// Behind the path there is neither the end of the line nor a blank, an equals sign and a blank.
        SEPARATOR_EXPECTED,
        /// A backslash is followed by neither a backslash nor `n`.
        ESCAPE_UNKNOWN,
        /// A leaf-list entry, whose value is in its predicate, has a value behind it too.
        VALUE_TWICE,
        /// An earlier line has the same path.
        PATH_TWICE
    }

    private record Line(
            ConfigPath path, String text, @Nullable String value) {
        @Override
        public String toString() {
            return value == null ? text : ConfigDocument.line(text, value);
        }
    }

    /// The document written as `text`.
    public static Parsed parse(String text) {
        List<Line> lines = new ArrayList<>();
        Map<String, Line> byPath = new HashMap<>();
        PathScanner scanner = null;
        int number = 1;
        for (int start = 0; start < text.length(); number++) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            String line = text.substring(start, end);
            scanner = new PathScanner(line, scanner);
            Reason fault = scanner.fault();
            String value = null;
            if (fault == null && scanner.end() < line.length()) {
                value = line.startsWith(" = ", scanner.end())
                        ? PathScanner.unescape(line.substring(scanner.end() + 3))
                        : null;
                fault = value != null
                        ? null
                        : line.startsWith(" = ", scanner.end()) ? Reason.ESCAPE_UNKNOWN : Reason.SEPARATOR_EXPECTED;
            }
            if (fault != null) {
                return new Malformed(number, fault);
            }
            String path = line.substring(0, scanner.end());
            ConfigPath steps = new ConfigPath(scanner.steps());
            Line parsed = new Line(steps, ConfigPath.hasOneSpelling(path) ? path : steps.toString(), value);
            if (value != null && isLeafListEntry(parsed.path)) {
                return new Malformed(number, Reason.VALUE_TWICE);
            }
            if (byPath.putIfAbsent(parsed.text, parsed) != null) {
                return new Malformed(number, Reason.PATH_TWICE);
            }
            lines.add(parsed);
            start = end + 1;
        }
        return new Valid(new ConfigDocument(lines, byPath));
    }

    /// The line of a leaf, without the line feed at its end.
    ///
    /// @param path canonical
    static String line(String path, String value) {
        return path + " = " + value.replace("\\", "\\\\").replace("\n", "\\n");
    }

    /// The canonical text; every line ends with a line feed.
    public String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /// Whether there is no line.
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /// The value of the leaf at `path`, if it is set.
    public Optional<String> value(String path) {
        Line line = find(path);
        return line == null ? Optional.empty() : Optional.ofNullable(line.value);
    }

    /// Whether there is a line at `path` or below it.
    public boolean contains(String path) {
        ConfigPath wanted = ConfigPath.parse(path).orElse(null);
        return find(path) != null || (wanted != null && lines.stream().anyMatch(line -> line.path.startsWith(wanted)));
    }

    /// The paths of all lines, in document order.
    public List<String> paths() {
        return lines.stream().map(Line::text).toList();
    }

    /// The values of the key `keyName` of the entries of the list at `listPath` (without predicates in its last
    /// step), in document order.
    public List<String> keys(String listPath, String keyName) {
        ConfigPath list = ConfigPath.parse(listPath).orElse(null);
        if (list == null) {
            return List.of();
        }
        Set<String> keys = new LinkedHashSet<>();
        for (List<Predicate> entry : entries().getOrDefault(list.toString(), Set.of())) {
            for (Predicate predicate : entry) {
                if (predicate.key().equals(keyName)) {
                    keys.add(predicate.value());
                }
            }
        }
        return List.copyOf(keys);
    }

    /// The entries of all lists and leaf-lists in document order, by the path of the list.
    private Map<String, Set<List<Predicate>>> entries() {
        Map<String, Set<List<Predicate>>> known = entries;
        if (known != null) {
            return known;
        }
        Map<String, Set<List<Predicate>>> found = new LinkedHashMap<>();
        List<Step> previous = List.of();
        for (Line line : lines) {
            List<Step> steps = line.path.steps();
            boolean isSeen = true;
            for (int depth = 0; depth < steps.size(); depth++) {
                Step step = steps.get(depth);
                isSeen = isSeen && depth < previous.size() && step.equals(previous.get(depth));
                if (!isSeen && !step.predicates().isEmpty()) {
                    StringBuilder list = new StringBuilder();
                    steps.subList(0, depth).forEach(list::append);
                    found.computeIfAbsent(list.append('/').append(step.name()).toString(), _ -> new LinkedHashSet<>())
                            .add(step.predicates());
                }
            }
            previous = steps;
        }
        entries = found;
        return found;
    }

    /// The values of the leaf-list at `path`, in document order.
    public List<String> leafList(String path) {
        return keys(path, ".");
    }

    /// This document with the leaf at `path` set to `value`. A new line goes behind the last line that shares most
    /// of its path, so that a new list entry follows the last entry of its list.
    ///
    /// @throws IllegalArgumentException if `path` is no path
    public ConfigDocument with(String path, String value) {
        return put(line(required(path), value));
    }

    /// This document with a line that has no value: a leaf-list entry, an empty list entry, a presence container.
    ///
    /// @throws IllegalArgumentException if `path` is no path
    public ConfigDocument with(String path) {
        return contains(path) ? this : put(line(required(path), null));
    }

    /// This document without the line at `pathPrefix` and without all lines below it; without a predicate in its last
    /// step, `pathPrefix` stands for all entries of its list. A list entry that loses its
    /// last leaf this way remains as an entry without leaves.
    ///
    /// @throws IllegalArgumentException if `pathPrefix` is no path
    public ConfigDocument without(String pathPrefix) {
        ConfigPath prefix = required(pathPrefix);
        List<Line> kept = new ArrayList<>();
        int first = -1;
        for (Line line : lines) {
            if (!line.path.startsWith(prefix)) {
                kept.add(line);
            } else if (first < 0) {
                first = kept.size();
            }
        }
        ConfigPath entry = enclosingEntry(prefix);
        if (first >= 0 && entry != null && kept.stream().noneMatch(line -> line.path.startsWith(entry))) {
            kept.add(first, line(entry, null));
        }
        return new ConfigDocument(kept);
    }

    /// The paths whose line is new, gone or has another value, in the order of `older`, then of `newer`, and the
    /// lists (without predicate) whose common entries stand in another order.
    public static List<String> difference(ConfigDocument older, ConfigDocument newer) {
        Set<String> changed = new LinkedHashSet<>();
        for (Line line : older.lines) {
            Line other = newer.byPath.get(line.text);
            if (other == null || !Objects.equals(line.value, other.value)) {
                changed.add(line.text);
            }
        }
        newer.lines.stream()
                .map(Line::text)
                .filter(text -> !older.byPath.containsKey(text))
                .forEach(changed::add);
        Map<String, Set<List<Predicate>>> after = newer.entries();
        older.entries().forEach((list, entries) -> {
            Set<List<Predicate>> others = new LinkedHashSet<>(after.getOrDefault(list, Set.of()));
            others.retainAll(entries);
            List<List<Predicate>> common =
                    entries.stream().filter(others::contains).toList();
            if (!common.equals(List.copyOf(others))) {
                changed.add(list);
            }
        });
        return List.copyOf(changed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConfigDocument document && lines.equals(document.lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }

    @Override
    public String toString() {
        return "ConfigDocument[" + lines.size() + " lines]";
    }

    private ConfigDocument put(Line added) {
        List<Line> edited = new ArrayList<>(lines);
        int present = paths().indexOf(added.text);
        if (present >= 0) {
            edited.set(present, added);
            return new ConfigDocument(edited);
        }
        int at = lines.size();
        int best = 0;
        for (int i = 0; i < lines.size(); i++) {
            int score = closeness(lines.get(i).path.steps(), added.path.steps());
            if (score > 0 && score >= best) {
                best = score;
                at = i + 1;
            }
        }
        edited.add(at, added);
        // An entry that stood alone because it had no leaf has one now.
        edited.removeIf(
                line -> line.value == null && !line.text.equals(added.text) && added.path.startsWith(line.path));
        return new ConfigDocument(edited);
    }

    /// Two for each common step, one more for the same list (or leaf-list) with another entry.
    private static int closeness(List<Step> one, List<Step> other) {
        int common = 0;
        int limit = Math.min(one.size(), other.size());
        while (common < limit && one.get(common).equals(other.get(common))) {
            common++;
        }
        boolean sameList = common < limit
                && one.get(common).name().equals(other.get(common).name());
        return 2 * common + (sameList ? 1 : 0);
    }

    private @Nullable Line find(String path) {
        Line line = byPath.get(path);
        return line != null || ConfigPath.hasOneSpelling(path)
                ? line
                : ConfigPath.parse(path)
                        .map(ConfigPath::toString)
                        .map(byPath::get)
                        .orElse(null);
    }

    private static @Nullable ConfigPath enclosingEntry(ConfigPath path) {
        for (int depth = path.steps().size() - 1; depth > 0; depth--) {
            if (!path.steps().get(depth - 1).predicates().isEmpty()) {
                return new ConfigPath(path.steps().subList(0, depth));
            }
        }
        return null;
    }

    private static boolean isLeafListEntry(ConfigPath path) {
        for (Predicate predicate : path.steps().getLast().predicates()) {
            if (predicate.key().equals(".")) {
                return true;
            }
        }
        return false;
    }

    private static Line line(ConfigPath path, @Nullable String value) {
        return new Line(path, path.toString(), value);
    }

    private static ConfigPath required(String path) {
        return ConfigPath.parse(path).orElseThrow(() -> new IllegalArgumentException("not a path: " + path));
    }
}
