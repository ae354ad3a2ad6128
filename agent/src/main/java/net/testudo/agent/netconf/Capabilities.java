package net.testudo.agent.netconf;

import java.util.LinkedHashSet;
import java.util.Set;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.northbound.yanglib.YangLibrary;
import org.opendaylight.netconf.api.CapabilityURN;

/// What the server says it can: exactly what it can.
final class Capabilities {
    private Capabilities() {}

    /// The capabilities, those of the protocol first.
    static Set<String> of(Models models, YangLibrary library) {
        Set<String> capabilities = new LinkedHashSet<>(Set.of(
                "urn:ietf:params:netconf:base:1.0",
                CapabilityURN.BASE_1_1,
                CapabilityURN.CANDIDATE,
                CapabilityURN.VALIDATE_1_1,
                CapabilityURN.ROLLBACK_ON_ERROR,
                "urn:ietf:params:netconf:capability:confirmed-commit:1.1",
                "urn:ietf:params:netconf:capability:xpath:1.0",
                "urn:ietf:params:netconf:capability:notification:1.0",
                "urn:ietf:params:netconf:capability:interleave:1.0",
                "urn:ietf:params:netconf:capability:with-defaults:1.0?basic-mode=explicit"
                        + "&also-supported=report-all,report-all-tagged,trim",
                "urn:ietf:params:netconf:capability:with-operational-defaults:1.0?basic-mode=report-all"
                        + "&also-supported=report-all-tagged,trim,explicit",
                "urn:ietf:params:netconf:capability:yang-library:1.1?revision=2019-01-04&content-id="
                        + library.contentId()));
        for (Models.ModuleText module : models.modules()) {
            capabilities.add(module.namespace() + "?module=" + module.name()
                    + (module.revision().isEmpty() ? "" : "&revision=" + module.revision()));
        }
        return capabilities;
    }
}
