package net.testudo.agent.netconf;

import java.util.LinkedHashSet;
import java.util.Set;
import net.testudo.agent.datastore.Models;
import org.opendaylight.netconf.api.CapabilityURN;

/// What the server says it can: exactly what it can.
final class Capabilities {
    private Capabilities() {}

    /// The capabilities, those of the protocol first.
    static Set<String> of(Models models) {
        Set<String> capabilities = new LinkedHashSet<>(Set.of(
                "urn:ietf:params:netconf:base:1.0",
                CapabilityURN.BASE_1_1,
                CapabilityURN.CANDIDATE,
                CapabilityURN.VALIDATE_1_1,
                CapabilityURN.ROLLBACK_ON_ERROR));
        for (Models.ModuleText module : models.modules()) {
            capabilities.add(module.namespace() + "?module=" + module.name()
                    + (module.revision().isEmpty() ? "" : "&revision=" + module.revision()));
        }
        return capabilities;
    }
}
