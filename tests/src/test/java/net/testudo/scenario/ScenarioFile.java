package net.testudo.scenario;

import java.util.ArrayList;
import java.util.List;

/// A scenario as text: a comment that says what it shows, then blocks of commands, `----`, and what they print; a
/// blank line ends a block.
record ScenarioFile(String comment, List<Block> blocks) {
    private static final String SEPARATOR = "----";

    /// @param commands one a line
    /// @param expected what they print
    record Block(List<String> commands, List<String> expected) {}

    /// @throws IllegalArgumentException if the text is not of that form; the message says where
    static ScenarioFile parse(String text) {
        List<String> lines = text.lines().toList();
        int at = 0;
        List<String> comment = new ArrayList<>();
        while (at < lines.size() && lines.get(at).startsWith("#")) {
            comment.add(lines.get(at++));
        }
        if (comment.isEmpty()) {
            throw new IllegalArgumentException("a scenario begins with a comment that says what it shows");
        }
        List<Block> blocks = new ArrayList<>();
        while (at < lines.size()) {
            if (lines.get(at).isBlank()) {
                at++;
                continue;
            }
            List<String> commands = new ArrayList<>();
            while (at < lines.size() && !lines.get(at).equals(SEPARATOR)) {
                if (lines.get(at).isBlank()) {
                    throw new IllegalArgumentException("line " + (at + 1) + ": a block of commands ends with ----");
                }
                commands.add(lines.get(at++));
            }
            if (at == lines.size()) {
                throw new IllegalArgumentException("the last block of commands ends with ----");
            }
            at++;
            List<String> expected = new ArrayList<>();
            while (at < lines.size() && !lines.get(at).isBlank()) {
                expected.add(lines.get(at++));
            }
            blocks.add(new Block(commands, expected));
        }
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException("a scenario needs a block of commands");
        }
        return new ScenarioFile(String.join("\n", comment), blocks);
    }

    /// The text of it.
    String toText() {
        StringBuilder text = new StringBuilder(comment).append('\n');
        for (Block block : blocks) {
            String separator = text.length() == comment.length() + 1 ? "" : "\n";
            text.append(separator);
            block.commands().forEach(line -> text.append(line).append('\n'));
            text.append(SEPARATOR).append('\n');
            block.expected().forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }
}
