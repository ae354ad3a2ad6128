package net.testudo.element.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.testudo.element.config.NodeDifference.Operation;
import net.testudo.element.config.NodeDifference.Part;

/// Compares two canonical texts line by line. Unlike [ConfigDocument] it takes any text: what it is asked for is what
/// became of a text that nobody wrote this way.
final class TextComparison {
    private final Part part;
    private final boolean secret;
    private final List<NodeDifference> differences = new ArrayList<>();

    /// @param secret whether values are kept back
    TextComparison(Part part, boolean secret) {
        this.part = part;
        this.secret = secret;
    }

    /// The nodes that differ, in the order of `here`, then of `there`.
    List<NodeDifference> compare(String here, String there) {
        if (here.equals(there)) {
            return List.of();
        }
        Map<String, String> expected = lines(here);
        Map<String, String> found = lines(there);
        expected.forEach((path, value) -> {
            String other = found.get(path);
            if (other == null) {
                add(Operation.DELETE, path, value, "");
            } else if (!other.equals(value)) {
                add(Operation.REPLACE, path, value, other);
            }
        });
        found.forEach((path, value) -> {
            if (!expected.containsKey(path)) {
                add(Operation.CREATE, path, "", value);
            }
        });
        compareOrder(expected.keySet(), found.keySet());
        return differences;
    }

    private void compareOrder(Set<String> expected, Set<String> found) {
        List<String> here = expected.stream().filter(found::contains).toList();
        List<String> there = found.stream().filter(expected::contains).toList();
        for (int i = 0; i < here.size(); i++) {
            if (!here.get(i).equals(there.get(i))) {
                add(Operation.MOVE, here.get(i), "", "");
                return;
            }
        }
    }

    /// Values by path; what is no line, or stands there twice, is a difference of its own.
    private Map<String, String> lines(String text) {
        Map<String, String> lines = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            PathScanner scanner = new PathScanner(line);
            boolean leaf = scanner.fault() == null && line.startsWith(" = ", scanner.end());
            String value = leaf ? PathScanner.unescape(line.substring(scanner.end() + 3)) : "";
            boolean sound = scanner.fault() == null && (leaf || scanner.end() == line.length()) && value != null;
            if (!sound || lines.putIfAbsent(line.substring(0, scanner.end()), value) != null) {
                add(Operation.DAMAGE, "", "", "");
            }
        });
        return lines;
    }

    private void add(Operation operation, String path, String here, String there) {
        // A path that is only there could hold a piece of the secret, damaged as it is.
        String shown = secret && operation == Operation.CREATE ? "" : path;
        differences.add(new NodeDifference(part, operation, shown, secret, secret ? "" : here, secret ? "" : there));
    }
}
