package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a canonical text.
///
/// @param text of the path
/// @param path the same, parsed
/// @param value of the leaf, null for a presence container, a list entry or an entry of a leaf-list
public record CanonicalLine(
        String text, CanonicalPath path, @Nullable String value) {
    private static final String EQUALS = " = ";

    /// The line in `text`.
    public static CanonicalLine parse(String text) throws CanonicalFormException {
        return parse(new CanonicalPath.Scanner(text), text);
    }

    private static CanonicalLine parse(CanonicalPath.Scanner scanner, String text) throws CanonicalFormException {
        CanonicalPath path = scanner.path();
        String rest = scanner.rest();
        if (rest.isEmpty()) {
            return new CanonicalLine(text, path, null);
        }
        if (!rest.startsWith(EQUALS)) {
            throw scanner.broken("' = ' or the end of the line is missing");
        }
        String value = CanonicalPath.unescape(rest.substring(EQUALS.length()));
        return new CanonicalLine(text.substring(0, text.length() - rest.length()), path, value);
    }

    /// All lines of `text`.
    public static List<CanonicalLine> parseAll(String text) throws CanonicalFormException {
        List<CanonicalLine> lines = new ArrayList<>();
        CanonicalPath.Scanner scanner = new CanonicalPath.Scanner("");
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                throw new CanonicalFormException("the last line does not end with a line feed");
            }
            String line = text.substring(start, end);
            scanner = new CanonicalPath.Scanner(line, scanner);
            lines.add(parse(scanner, line));
            start = end + 1;
        }
        return lines;
    }

    /// Writes a line.
    public static String of(String path, String value) {
        return path + EQUALS + CanonicalPath.escape(value) + '\n';
    }
}
