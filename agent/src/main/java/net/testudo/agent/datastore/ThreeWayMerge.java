package net.testudo.agent.datastore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import net.testudo.element.management.Content;
import org.jspecify.annotations.Nullable;

/// Merges what the cluster changed in running into a candidate that somebody is editing, line by line.
///
/// @param content the candidate with the changes of running; not sorted, to be read and written again
/// @param conflict the first path that both changed to different values, or empty
record ThreeWayMerge(Content content, String conflict) {
    /// Merges.
    ///
    /// @param base the running the candidate was made from
    /// @param candidate what it is now
    /// @param running what running is now
    static ThreeWayMerge of(Content base, Content candidate, Content running) throws CanonicalFormException {
        Side configuration = new Side(base.configuration(), candidate.configuration(), running.configuration());
        Side secrets = new Side(base.secrets(), candidate.secrets(), running.secrets());
        String conflict = configuration.conflict.isEmpty() ? secrets.conflict : configuration.conflict;
        return new ThreeWayMerge(new Content(configuration.merged(), secrets.merged()), conflict);
    }

    private static final class Side {
        private final Map<String, @Nullable String> ours;
        private String conflict = "";

        Side(String base, String candidate, String running) throws CanonicalFormException {
            Map<String, @Nullable String> before = lines(base);
            Map<String, @Nullable String> theirs = lines(running);
            ours = lines(candidate);
            for (Map.Entry<String, @Nullable String> line : theirs.entrySet()) {
                String path = line.getKey();
                if (before.containsKey(path) && Objects.equals(before.get(path), line.getValue())) {
                    continue;
                }
                if (same(before, ours, path)) {
                    ours.put(path, line.getValue());
                } else if (!same(theirs, ours, path)) {
                    clash(path);
                }
            }
            for (String path : before.keySet()) {
                if (!theirs.containsKey(path) && ours.containsKey(path)) {
                    if (Objects.equals(before.get(path), ours.get(path))) {
                        ours.remove(path);
                    } else {
                        clash(path);
                    }
                }
            }
        }

        private static boolean same(
                Map<String, @Nullable String> one, Map<String, @Nullable String> other, String path) {
            return one.containsKey(path) == other.containsKey(path) && Objects.equals(one.get(path), other.get(path));
        }

        private void clash(String path) {
            if (conflict.isEmpty()) {
                conflict = path;
            }
        }

        String merged() {
            StringBuilder text = new StringBuilder();
            for (Map.Entry<String, @Nullable String> line : ours.entrySet()) {
                String value = line.getValue();
                text.append(value == null ? line.getKey() + "\n" : CanonicalLine.of(line.getKey(), value));
            }
            return text.toString();
        }

        private static Map<String, @Nullable String> lines(String text) throws CanonicalFormException {
            Map<String, @Nullable String> lines = new LinkedHashMap<>();
            for (CanonicalLine line : CanonicalLine.parseAll(text)) {
                lines.put(line.text(), line.value());
            }
            return lines;
        }
    }
}
