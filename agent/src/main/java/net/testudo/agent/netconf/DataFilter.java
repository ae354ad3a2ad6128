package net.testudo.agent.netconf;

import java.util.List;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// What a read wants of the data (RFC 6241 §6, §8.9).
interface DataFilter {
    /// All levels.
    int UNBOUNDED = Integer.MAX_VALUE;

    /// Selects of what is below `data`.
    Selection select(Element data) throws RpcException;

    /// The elements of a subtree filter, at the top; none if anything may be wanted.
    default List<Element> subtrees() {
        return List.of();
    }

    /// Takes away from `data` what is not wanted.
    ///
    /// @param depth how many levels of what is selected are wanted, itself included (RFC 8526 §3.1.1)
    default void apply(Element data, int depth) throws RpcException {
        select(data).prune(data, depth);
    }

    /// Wants all.
    static Selection all(Element data) {
        Selection selection = new Selection();
        Xml.children(data).forEach(selection::whole);
        return selection;
    }
}
