package net.testudo.agent.datastore;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import net.testudo.element.management.Content;

/// Which parts of a content are different in another one, by their paths. A part is an entry of a list or leaf-list,
/// in no other entry, or a leaf or container that is in none. The lines of a part stand together.
final class ChangedParts {
    /// Compared at once; by the virtual machine's own comparison of many octets.
    private static final int BLOCK_CHARACTERS = 1024;

    private final Set<String> paths = new LinkedHashSet<>();
    private final TextChange configuration;
    private final TextChange secrets;

    /// @throws CanonicalFormException if a line that is different is not in canonical form
    ChangedParts(Content before, Content after) throws CanonicalFormException {
        configuration = new TextChange(before.configuration(), after.configuration());
        secrets = new TextChange(before.secrets(), after.secrets());
    }

    /// Their paths, in the order in which they first appear.
    Set<String> paths() {
        return paths;
    }

    /// How many characters are different, in what is longer.
    long characters() {
        return (long) configuration.characters() + secrets.characters();
    }

    /// The lines that a part has afterwards, secrets too; empty if it is gone.
    String lines(String path) {
        return configuration.lines(path) + secrets.lines(path);
    }

    /// Two texts, without the whole lines at their beginnings and at their ends that are the same.
    private final class TextChange {
        private final String after;
        private final int begin;
        private final int endAfter;
        private final int characters;
        /// Where a line of a part is, or -1 if what is different holds one in the other text only.
        private final Map<String, Integer> seen = new HashMap<>();

        TextChange(String before, String after) throws CanonicalFormException {
            this.after = after;
            int same = same(before, after, Math.min(before.length(), after.length()));
            begin = before.lastIndexOf('\n', same - 1) + 1;
            int tail = sameAtEnd(before, after, Math.min(before.length(), after.length()) - begin);
            if (!isLineBegin(before, before.length() - tail) || !isLineBegin(after, after.length() - tail)) {
                tail = before.length() - lineEnd(before, before.length() - tail);
            }
            endAfter = after.length() - tail;
            characters = Math.max(before.length() - tail, endAfter) - begin;
            for (int at = begin; at < before.length() - tail; at = lineEnd(before, at)) {
                see(before, at, -1);
            }
            for (int at = begin; at < endAfter; at = lineEnd(after, at)) {
                see(after, at, at);
            }
        }

        private void see(String text, int at, int where) throws CanonicalFormException {
            String path = text.substring(at, CanonicalPath.partEnd(text, at));
            paths.add(path);
            seen.merge(path, where, (old, now) -> old < 0 ? now : old);
        }

        int characters() {
            return characters;
        }

        String lines(String path) {
            int at = find(path);
            if (at < 0) {
                return "";
            }
            int from = at;
            while (from > 0 && isOf(path, lineBegin(from - 1))) {
                from = lineBegin(from - 1);
            }
            int to = at;
            while (to < after.length() && isOf(path, to)) {
                to = lineEnd(after, to);
            }
            return after.substring(from, to);
        }

        /// A part of which what is different holds a line stands there or next to it; another one anywhere.
        private int find(String path) {
            Integer where = seen.get(path);
            if (where == null) {
                return anywhere(path);
            }
            if (where >= 0) {
                return where;
            }
            if (isOf(path, endAfter)) {
                return endAfter;
            }
            return begin > 0 && isOf(path, lineBegin(begin - 1)) ? lineBegin(begin - 1) : -1;
        }

        private int anywhere(String path) {
            for (int at = after.indexOf(path); at >= 0; at = after.indexOf(path, at + 1)) {
                if (isLineBegin(after, at) && isOf(path, at)) {
                    return at;
                }
            }
            return -1;
        }

        private boolean isOf(String path, int at) {
            int end = at + path.length();
            return end < after.length()
                    && after.startsWith(path, at)
                    && (after.charAt(end) == '/' || after.charAt(end) == ' ' || after.charAt(end) == '\n');
        }

        private int lineBegin(int inside) {
            return after.lastIndexOf('\n', inside - 1) + 1;
        }
    }

    private static boolean isLineBegin(String text, int at) {
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end + 1;
    }

    private static int same(String one, String other, int most) {
        int same = 0;
        while (most - same >= BLOCK_CHARACTERS && one.regionMatches(same, other, same, BLOCK_CHARACTERS)) {
            same += BLOCK_CHARACTERS;
        }
        while (same < most && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same;
    }

    private static int sameAtEnd(String one, String other, int most) {
        int same = 0;
        while (most - same >= BLOCK_CHARACTERS
                && one.regionMatches(
                        one.length() - same - BLOCK_CHARACTERS,
                        other,
                        other.length() - same - BLOCK_CHARACTERS,
                        BLOCK_CHARACTERS)) {
            same += BLOCK_CHARACTERS;
        }
        while (same < most && one.charAt(one.length() - same - 1) == other.charAt(other.length() - same - 1)) {
            same++;
        }
        return same;
    }
}
