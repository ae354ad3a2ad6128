package net.testudo.agent.netconf;

import net.testudo.agent.datastore.RpcException;
import org.w3c.dom.Element;

/// What a read wants of the data (RFC 6241 §6, §8.9).
interface DataFilter {
    /// Takes away from `data` what is not wanted.
    void apply(Element data) throws RpcException;
}
