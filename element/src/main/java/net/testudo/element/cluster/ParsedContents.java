package net.testudo.element.cluster;

import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ConfigFault;
import net.testudo.element.management.Content;
import org.jspecify.annotations.Nullable;

/// What contents say. The same few are asked about at each step from a commit to its adoption, so the newest answers
/// are kept.
final class ParsedContents {
    /// The decided content, the prepared one, the one a client sent, and one edited from it.
    private static final int KEPT = 4;

    private record Answer(Content content, ClusterConfig.Parsed parsed) {}

    private final @Nullable Answer[] answers = new Answer[KEPT];
    private int oldest;

    /// What `content` says, or null if it breaks rules.
    @Nullable
    ClusterConfig config(Content content) {
        return parsed(content) instanceof ClusterConfig.Valid valid ? valid.config() : null;
    }

    /// The first rule that `content` breaks, or null if it can be used.
    @Nullable
    ConfigFault fault(Content content) {
        return parsed(content) instanceof ClusterConfig.Invalid invalid
                ? invalid.faults().getFirst()
                : null;
    }

    /// Forgets all, the secrets with it.
    void forget() {
        java.util.Arrays.fill(answers, null);
    }

    private ClusterConfig.Parsed parsed(Content content) {
        for (Answer answer : answers) {
            if (answer != null && answer.content.equals(content)) {
                return answer.parsed;
            }
        }
        ClusterConfig.Parsed parsed = ClusterConfig.parse(content);
        answers[oldest] = new Answer(content, parsed);
        oldest = (oldest + 1) % KEPT;
        return parsed;
    }
}
