package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;

/// The path of a canonical line (see `management.Content`), parsed: the names of RFC 7951 §6.11, a module name where
/// it differs from the parent's, keys in predicates, `[.='v']` for an entry of a leaf-list.
///
/// Values in predicates stand in single quotes; in them backslash, line feed, carriage return and single quote are
/// written as `\\`, `\n`, `\r` and `\'`.
///
/// @param steps from the root down, at least one
public record CanonicalPath(List<Step> steps) {
    /// One step.
    ///
    /// @param module name of the module of the node
    /// @param name of the node
    /// @param keys predicates in the order of the text; the name `.` stands for the value of a leaf-list entry
    public record Step(String module, String name, List<Key> keys) {}

    /// A predicate.
    public record Key(String name, String value) {}

    /// The path in `text`.
    ///
    /// @throws CanonicalFormException if it is none
    public static CanonicalPath parse(String text) throws CanonicalFormException {
        Scanner scanner = new Scanner(text);
        CanonicalPath path = scanner.path();
        if (!scanner.atEnd()) {
            throw scanner.broken("text after the path");
        }
        return path;
    }

    /// Writes `value` as it stands in a predicate, quotes included.
    public static String quote(String value) {
        return '\'' + escape(value).replace("'", "\\'") + '\'';
    }

    /// Writes `value` as it stands after ` = `.
    public static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /// Reads what [#escape] or [#quote] wrote.
    static String unescape(String text) throws CanonicalFormException {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder value = new StringBuilder(text.length());
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped) {
                value.append(
                        switch (c) {
                            case '\\', '\'' -> c;
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> throw new CanonicalFormException("unknown escape in: " + text);
                        });
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else {
                value.append(c);
            }
        }
        if (escaped) {
            throw new CanonicalFormException("nothing is escaped at the end of: " + text);
        }
        return value.toString();
    }

    /// Where the path of a part ends that begins at `from`: an entry of a list or leaf-list, or what the path leads to
    /// if
    /// there is no entry on it.
    static int partEnd(String text, int from) throws CanonicalFormException {
        Scanner scanner = new Scanner(text);
        scanner.at = from;
        while (scanner.at < text.length() && text.charAt(scanner.at) == '/') {
            if (!scanner.step("").keys().isEmpty()) {
                break;
            }
        }
        return scanner.at;
    }

    /// Where the name ends that begins at `from`; there if none does.
    static int nameEnd(String text, int from) {
        int end = from;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "-_.".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }

    /// Reads a path from the start of a text.
    static final class Scanner {
        private final String text;
        private List<Step> steps = List.of();
        private int at;
        private int lastStepAt;

        Scanner(String text) {
            this.text = text;
        }

        /// @param previous scanned another text; what both have in common above the last step of that one is taken from
        ///     it, as lines mostly have the parent of the line before
        Scanner(String text, Scanner previous) {
            this.text = text;
            int end = previous.lastStepAt;
            if (end > 0
                    && text.length() > end
                    && text.charAt(end) == '/'
                    && text.regionMatches(0, previous.text, 0, end)) {
                steps = previous.steps.subList(0, previous.steps.size() - 1);
                at = end;
            }
        }

        boolean atEnd() {
            return at == text.length();
        }

        String rest() {
            return text.substring(at);
        }

        CanonicalPath path() throws CanonicalFormException {
            List<Step> scanned = new ArrayList<>(steps);
            String module = scanned.isEmpty() ? "" : scanned.getLast().module();
            int last = 0;
            while (at < text.length() && text.charAt(at) == '/') {
                last = at;
                scanned.add(step(module));
                module = scanned.getLast().module();
            }
            if (scanned.isEmpty() || scanned.getFirst().module().isEmpty()) {
                throw broken("a path begins with / and the name of a module");
            }
            steps = List.copyOf(scanned);
            lastStepAt = last;
            return new CanonicalPath(steps);
        }

        private Step step(String parentModule) throws CanonicalFormException {
            String module = parentModule;
            at++;
            String name = name();
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
                module = name;
                name = name();
            }
            List<Key> keys = new ArrayList<>();
            while (at < text.length() && text.charAt(at) == '[') {
                keys.add(key());
            }
            return new Step(module, name, List.copyOf(keys));
        }

        private String name() throws CanonicalFormException {
            int start = at;
            at = nameEnd(text, at);
            if (at == start) {
                throw broken("a name is missing");
            }
            return text.substring(start, at);
        }

        private Key key() throws CanonicalFormException {
            at++;
            String name = name();
            if (!text.startsWith("='", at)) {
                throw broken("=' is missing in a predicate");
            }
            at += 2;
            int start = at;
            while (at < text.length() && text.charAt(at) != '\'') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            if (!text.startsWith("']", at)) {
                throw broken("a predicate does not end");
            }
            String value = unescape(text.substring(start, at));
            at += 2;
            return new Key(name, value);
        }

        CanonicalFormException broken(String reason) {
            return new CanonicalFormException(reason + " at column " + at + " of: " + text);
        }
    }
}
