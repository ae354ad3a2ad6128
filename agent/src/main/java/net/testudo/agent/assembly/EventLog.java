package net.testudo.agent.assembly;

import net.testudo.agent.ElementClient;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One log line for each event of the element, and for each change of this device's role.
final class EventLog implements ElementClient.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    private @Nullable Role role;

    @Override
    public void onEvent(ElementEvent event) {
        LOG.info(
                "{} device={} serial={} epoch={} reason={} cause=\"{}\" evidence={} id={}",
                event.kind(),
                event.device(),
                event.serial(),
                event.epoch(),
                event.reason(),
                event.cause(),
                event.evidence(),
                event.id());
    }

    @Override
    public void onSnapshot(ElementSnapshot snapshot) {
        if (snapshot.role() != role) {
            LOG.info(
                    "role={} was={} device={} epoch={} revision={}",
                    snapshot.role(),
                    role == null ? "-" : role,
                    snapshot.device(),
                    snapshot.epoch(),
                    snapshot.revision());
            role = snapshot.role();
        }
    }
}
