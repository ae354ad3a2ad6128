package net.testudo.agent.datastore;

import java.util.List;
import net.testudo.element.management.Content;

/// What has to hold for a configuration beyond what its modules say.
@FunctionalInterface
public interface ContentRule {
    /// Nothing beyond.
    ContentRule NONE = _ -> List.of();

    /// What is wrong with `content`, each with its path; nothing if it may be committed.
    List<RpcError> faults(Content content);
}
