package net.testudo.element.wire.cluster;

import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.LoggedEvent;
import org.jspecify.annotations.Nullable;

/// Events and records of the event log as octets: all fields in the order of the record.
public final class EventCodec {
    private EventCodec() {}

    public static void emit(OctetWriter out, ElementEvent event) {
        out.text(event.id())
                .text(event.kind().name())
                .u8(event.device())
                .text(event.serial())
                .i64(event.epoch())
                .longText(event.cause())
                .u16(event.evidence().size());
        event.evidence().forEach((name, value) -> out.text(name).longText(value));
    }

    /// @return null if there is no such kind of event
    public static @Nullable ElementEvent parse(OctetReader in) {
        String id = in.text();
        Kind kind = kind(in.text());
        int device = in.u8();
        String serial = in.text();
        long epoch = in.i64();
        String cause = in.longText();
        Map<String, String> evidence = new TreeMap<>();
        for (int left = in.u16(); left > 0 && in.sound(); left--) {
            evidence.put(in.text(), in.longText());
        }
        return kind == null ? null : new ElementEvent(id, kind, device, serial, epoch, cause, evidence);
    }

    public static void emit(OctetWriter out, LoggedEvent logged) {
        emit(out.i64(logged.order()).i64(logged.orderedIn()), logged.event());
    }

    /// @return null if there is no such kind of event
    public static @Nullable LoggedEvent parseLogged(OctetReader in) {
        long order = in.i64();
        long orderedIn = in.i64();
        ElementEvent event = parse(in);
        return event == null ? null : new LoggedEvent(order, orderedIn, event);
    }

    private static @Nullable Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        return null;
    }
}
