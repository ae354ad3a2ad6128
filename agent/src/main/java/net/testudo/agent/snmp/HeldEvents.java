package net.testudo.agent.snmp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementSnapshot;

/// What this device heard while another one spoke for the cluster, or before the cluster's address was up. When it
/// takes over, it reports what nobody else can have reported: the events of its own epoch, and the death of the
/// master before it.
///
/// Not thread-safe.
final class HeldEvents {
    static final int HELD_MAX = 128;

    private final ArrayDeque<ElementEvent> events = new ArrayDeque<>();

    /// Holds an event; at the bound the oldest goes.
    void add(ElementEvent event) {
        if (events.size() == HELD_MAX) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    /// Takes out all, and answers those that the new master has to report, in their order.
    List<ElementEvent> takeOver(ElementSnapshot snapshot) {
        List<ElementEvent> due = new ArrayList<>();
        for (ElementEvent event : events) {
            boolean ownEpoch = event.epoch() >= snapshot.epoch();
            boolean deathOfMaster = event.kind() == Kind.MEMBER_DOWN
                    && event.device() == snapshot.lastSwitchover().from();
            if (ownEpoch || deathOfMaster) {
                due.add(event);
            }
        }
        events.clear();
        return due;
    }
}
