package net.testudo.agent.netconf;

import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.northbound.system.SystemConfig;
import org.w3c.dom.Element;

/// A configuration in a request.
final class ReceivedConfig {
    private ReceivedConfig() {}

    /// Brings it into the form in which it is kept: passwords hashed, paths with the names of modules.
    static void prepare(Models models, Element config) throws RpcException {
        SystemConfig.hashPasswords(config);
        models.prefixedLeaves().resolve(config);
    }
}
