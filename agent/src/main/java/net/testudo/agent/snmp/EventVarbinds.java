package net.testudo.agent.snmp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.testudo.element.management.ElementEvent;
import net.testudo.mib.ClusterNotification;
import net.testudo.mib.EventObject;
import net.testudo.mib.EventReason;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/// An event of the element as the bindings of a notification (RFC 3416 §4.2.6): sysUpTime, snmpTrapOID, then the
/// objects that TESTUDO-CLUSTER-MIB lists for it.
final class EventVarbinds {
    /// Where the evidence of an alarm's event names the alarm.
    static final String ALARM_EVIDENCE = "alarm";

    private EventVarbinds() {}

    /// The notification that tells of a kind of event.
    static ClusterNotification notification(ElementEvent.Kind kind) {
        return ClusterNotification.valueOf(kind.name());
    }

    /// The bindings.
    ///
    /// @param upTime sysUpTime when the event was heard
    static List<VariableBinding> of(ElementEvent event, TimeTicks upTime) {
        List<VariableBinding> bindings = new ArrayList<>();
        bindings.add(new VariableBinding(SnmpConstants.sysUpTime, upTime));
        bindings.add(new VariableBinding(
                SnmpConstants.snmpTrapOID, new OID(notification(event.kind()).oid())));
        boolean alarm =
                event.kind() == ElementEvent.Kind.ALARM_RAISED || event.kind() == ElementEvent.Kind.ALARM_CLEARED;
        for (EventObject object : EventObject.values()) {
            if (object != EventObject.ALARM || alarm) {
                bindings.add(new VariableBinding(new OID(object.oid()).append(0), value(object, event)));
            }
        }
        return bindings;
    }

    private static Variable value(EventObject object, ElementEvent event) {
        return switch (object) {
            case ID -> Values.text(event.id());
            case DEVICE -> Values.unsigned(event.device());
            case SERIAL -> Values.text(event.serial());
            case EPOCH -> new Counter64(event.epoch());
            case CAUSE -> Values.longText(event.cause());
            case EVIDENCE ->
                Values.longText(event.evidence().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("; ")));
            case REASON ->
                new Integer32(EventReason.valueOf(event.reason().name()).number());
            case ALARM -> Values.text(event.evidence().getOrDefault(ALARM_EVIDENCE, ""));
        };
    }
}
