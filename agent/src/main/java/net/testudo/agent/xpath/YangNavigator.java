package net.testudo.agent.xpath;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jaxen.Navigator;

/// A tree of which Jaxen knows how to walk through it, and we to which nodes of the schema its nodes
/// belong.
public interface YangNavigator extends Navigator {
    /// The name of a node.
    ///
    /// @param namespace of its module
    /// @param local without the namespace
    record Name(String namespace, String local) {}

    /// The names of the data nodes from the root down to `node`; none if it is no data node.
    List<Name> path(Object node);

    /// The order of the document, if the tree knows better than to look for the one node behind the
    /// other.
    default Optional<Comparator<Object>> order() {
        return Optional.empty();
    }

    /// Is told of work that is no walk through the tree.
    ///
    /// @param characters that were looked at
    default void read(int characters) {}
}
