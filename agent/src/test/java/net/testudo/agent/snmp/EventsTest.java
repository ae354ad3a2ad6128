package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Map;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.mib.ClusterNotification;
import net.testudo.mib.EventObject;
import net.testudo.mib.EventReason;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.VariableBinding;

/// Events of the element on their way to a notification.
class EventsTest {
    private final Fixture fixture = new Fixture(0);

    @Test
    void everyKindOfEventHasItsNotificationAndTheOtherWayRound() {
        for (Kind kind : Kind.values()) {
            assertNotNull(EventVarbinds.notification(kind));
        }
        assertEquals(ClusterNotification.values().length, Kind.values().length);
        for (ElementEvent.Reason reason : ElementEvent.Reason.values()) {
            assertNotNull(EventReason.valueOf(reason.name()));
        }
        assertEquals(EventReason.values().length, ElementEvent.Reason.values().length);
    }

    @Tag("FOC-16")
    @Test
    void anEventCarriesIdDeviceSerialEpochCauseEvidenceAndReason() {
        ElementEvent event = fixture.event(5, Kind.MASTER_SWITCHED, 1, Map.of("from", "2", "detect-ns", "31000000"));
        List<VariableBinding> bindings = EventVarbinds.of(event, new TimeTicks(4200));
        assertEquals(
                List.of(
                        "0:00:42.00",
                        ClusterNotification.MASTER_SWITCHED.oid(),
                        "A1/1/5",
                        "1",
                        "A1",
                        "7",
                        "silence",
                        "detect-ns=31000000; from=2",
                        Integer.toString(EventReason.SILENT.number())),
                bindings.stream()
                        .map(binding -> binding.getVariable().toString())
                        .toList());
    }

    @Test
    void anEventOfAnAlarmNamesTheAlarm() {
        ElementEvent event =
                fixture.event(6, Kind.ALARM_RAISED, 2, Map.of(EventVarbinds.ALARM_EVIDENCE, "no-real-time-scheduling"));
        VariableBinding last = EventVarbinds.of(event, new TimeTicks(0)).getLast();
        assertEquals(EventObject.ALARM.oid() + ".0", last.getOid().toDottedString());
        assertEquals("no-real-time-scheduling", last.getVariable().toString());
    }

    @Test
    void theNewMasterReportsItsOwnEpochAndTheDeathOfTheOneBefore() {
        HeldEvents held = new HeldEvents();
        fixture.epoch = 6;
        held.add(fixture.event(1, Kind.MEMBER_DOWN, 3, Map.of()));
        held.add(fixture.event(2, Kind.MEMBER_DOWN, 2, Map.of()));
        fixture.epoch = 7;
        held.add(fixture.event(3, Kind.MASTER_SWITCHED, 1, Map.of()));
        assertEquals(
                List.of("A1/1/2", "A1/1/3"),
                held.takeOver(fixture.snapshot(0)).stream()
                        .map(ElementEvent::id)
                        .toList());
        assertEquals(List.of(), held.takeOver(fixture.snapshot(0)), "nothing is reported twice");
    }

    @Test
    void whatIsHeldIsBoundedAndTheOldestGoes() {
        HeldEvents held = new HeldEvents();
        for (int sequence = 0; sequence <= HeldEvents.HELD_MAX; sequence++) {
            held.add(fixture.event(sequence, Kind.LEASE_LOST, 2, Map.of()));
        }
        List<ElementEvent> due = held.takeOver(fixture.snapshot(0));
        assertEquals(HeldEvents.HELD_MAX, due.size());
        assertEquals("A1/1/1", due.getFirst().id());
    }
}
