package net.testudo.element.config;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.config.ConfigDocument.Reason;
import org.jspecify.annotations.Nullable;

/// Reads a path from the start of a text; it ends where no further step or predicate begins.
final class PathScanner {
    private final String text;
    private final List<ConfigPath.Step> steps = new ArrayList<>();
    private int at;
    private int lastStepAt;
    private @Nullable Reason fault;

    PathScanner(String text) {
        this(text, null);
    }

    /// @param previous of another text; what both have in common above the last step of that one is taken from it, as
    ///     lines mostly have the parent of the line before
    PathScanner(String text, @Nullable PathScanner previous) {
        this.text = text;
        if (previous != null && previous.fault == null && hasParentOf(previous)) {
            steps.addAll(previous.steps.subList(0, previous.steps.size() - 1));
            at = previous.lastStepAt;
        }
        if (!is('/')) {
            fault = Reason.PATH_EXPECTED;
        }
        while (fault == null && is('/')) {
            lastStepAt = at;
            at++;
            step();
        }
    }

    private boolean hasParentOf(PathScanner previous) {
        int end = previous.lastStepAt;
        return text.length() > end && text.charAt(end) == '/' && text.regionMatches(0, previous.text, 0, end);
    }

    /// What is wrong, or null.
    @Nullable
    Reason fault() {
        return fault;
    }

    List<ConfigPath.Step> steps() {
        return steps;
    }

    /// Index of the first character behind the path.
    int end() {
        return at;
    }

    private void step() {
        String name = name();
        List<ConfigPath.Predicate> predicates = new ArrayList<>();
        while (fault == null && is('[')) {
            at++;
            predicates.add(predicate());
        }
        steps.add(new ConfigPath.Step(name, predicates));
    }

    private ConfigPath.Predicate predicate() {
        String key = name();
        if (fault == null && !is('=')) {
            fault = Reason.PREDICATE_MALFORMED;
        }
        at++;
        String value = fault == null ? literal() : "";
        if (fault == null && !is(']')) {
            fault = Reason.PREDICATE_MALFORMED;
        }
        at++;
        return new ConfigPath.Predicate(key, value);
    }

    private String literal() {
        if (!is('\'') && !is('"')) {
            fault = Reason.PREDICATE_MALFORMED;
            return "";
        }
        char quote = text.charAt(at++);
        int start = at;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            fault = Reason.PREDICATE_MALFORMED;
            return "";
        }
        String value = unescape(text.substring(start, at++));
        if (value == null) {
            fault = Reason.ESCAPE_UNKNOWN;
            return "";
        }
        return value;
    }

    private String name() {
        int start = at;
        while (at < text.length() && isNameCharacter(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            fault = Reason.NAME_EXPECTED;
        }
        return text.substring(start, at);
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == ':';
    }

    /// Undoes the escapes of backslash, line feed and apostrophe; null if there is another one.
    static @Nullable String unescape(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        StringBuilder plain = new StringBuilder(escaped.length());
        for (int from = 0; from < escaped.length(); ) {
            int backslash = escaped.indexOf('\\', from);
            if (backslash < 0) {
                return plain.append(escaped, from, escaped.length()).toString();
            }
            plain.append(escaped, from, backslash);
            switch (backslash + 1 < escaped.length() ? escaped.charAt(backslash + 1) : '\0') {
                case '\\' -> plain.append('\\');
                case 'n' -> plain.append('\n');
                case '\'' -> plain.append('\'');
                default -> {
                    return null;
                }
            }
            from = backslash + 2;
        }
        return plain.toString();
    }
}
