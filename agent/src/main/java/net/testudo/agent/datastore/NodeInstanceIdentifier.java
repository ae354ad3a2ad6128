package net.testudo.agent.datastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A path to data nodes in which keys may be missing (the type node-instance-identifier of RFC 8341). Every name has
/// the name of its module as prefix, whatever the prefixes of the message were.
///
/// @param steps from the root down; none for `/`, which is all data
public record NodeInstanceIdentifier(List<Step> steps) {
    private static final String USER = "$USER";

    /// One step.
    ///
    /// @param module name of the module of the node
    /// @param name of the node
    /// @param predicates in the order of the text
    public record Step(String module, String name, List<Predicate> predicates) {}

    /// What a key, or with the name `.` the value of an entry of a leaf-list, has to be.
    ///
    /// @param name without a prefix
    /// @param value to be equal to, or nothing for the name of the user who asks
    public record Predicate(String name, Optional<String> value) {}

    /// Reads a path.
    ///
    /// @param modules the name of the module for a prefix
    /// @throws IllegalArgumentException with what is wrong, for people
    public static NodeInstanceIdentifier parse(String text, UnaryOperator<String> modules) {
        if (text.equals("/")) {
            return new NodeInstanceIdentifier(List.of());
        }
        return new Scanner(text, modules).path();
    }

    /// The text of the path.
    public String text() {
        if (steps.isEmpty()) {
            return "/";
        }
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append('/').append(step.module).append(':').append(step.name);
            for (Predicate predicate : step.predicates) {
                String name = predicate.name.equals(".") ? "." : step.module + ":" + predicate.name;
                text.append(
                        predicate.value.isPresent()
                                ? InstancePath.predicate(name, predicate.value.get())
                                : "[" + name + "=" + USER + "]");
            }
        }
        return text.toString();
    }

    private static final class Scanner {
        private final String text;
        private final UnaryOperator<String> modules;
        private int at;

        Scanner(String text, UnaryOperator<String> modules) {
            this.text = text;
            this.modules = modules;
        }

        NodeInstanceIdentifier path() {
            List<Step> steps = new ArrayList<>();
            String module = "";
            while (at < text.length()) {
                demand("/");
                String name = name();
                if (peek(":")) {
                    demand(":");
                    module = modules.apply(name);
                    name = name();
                }
                if (module.isEmpty()) {
                    throw broken("the first name needs a prefix");
                }
                List<Predicate> predicates = new ArrayList<>();
                while (peek("[")) {
                    predicates.add(predicate());
                }
                steps.add(new Step(module, name, List.copyOf(predicates)));
            }
            if (steps.isEmpty()) {
                throw broken("a path begins with /");
            }
            return new NodeInstanceIdentifier(List.copyOf(steps));
        }

        private Predicate predicate() {
            demand("[");
            skipBlanks();
            String name;
            if (peek(".")) {
                demand(".");
                name = ".";
            } else {
                name = name();
                if (peek(":")) {
                    demand(":");
                    name = name();
                }
            }
            skipBlanks();
            demand("=");
            skipBlanks();
            Predicate predicate;
            if (peek(USER)) {
                demand(USER);
                predicate = new Predicate(name, Optional.empty());
            } else {
                predicate = new Predicate(name, Optional.of(literal()));
            }
            skipBlanks();
            demand("]");
            return predicate;
        }

        private String literal() {
            if (!peek("'") && !peek("\"")) {
                throw broken("a value in quotes, or $USER, is missing");
            }
            int end = text.indexOf(text.charAt(at), at + 1);
            if (end < 0) {
                throw broken("a quote does not end");
            }
            String value = text.substring(at + 1, end);
            at = end + 1;
            return value;
        }

        private String name() {
            int start = at;
            at = CanonicalPath.nameEnd(text, at);
            if (at == start) {
                throw broken("a name is missing");
            }
            return text.substring(start, at);
        }

        private boolean peek(String expected) {
            return text.startsWith(expected, at);
        }

        private void demand(String expected) {
            if (!peek(expected)) {
                throw broken("'" + expected + "' is missing");
            }
            at += expected.length();
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private IllegalArgumentException broken(String reason) {
            return new IllegalArgumentException(reason + " at column " + at + " of '" + text + "'");
        }
    }
}
