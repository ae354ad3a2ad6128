package net.testudo.agent.xpath;

import java.util.Optional;
import java.util.function.Function;

/// What names mean where an expression is written.
///
/// @param prefixes the namespace of a prefix
/// @param names the namespace of nodes without a prefix; without one they match nothing
/// @param identities the namespace of identities without a prefix; without one they need a prefix
public record Scope(Function<String, Optional<String>> prefixes, Optional<String> names, Optional<String> identities) {
    /// Where all names need a prefix.
    public static Scope ofPrefixes(Function<String, Optional<String>> prefixes) {
        return new Scope(prefixes, Optional.empty(), Optional.empty());
    }
}
