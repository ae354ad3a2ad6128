package net.testudo.element.wire.cluster;

import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementEvent.Reason;
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
                .text(event.reason().name())
                .longText(event.cause())
                .u16(event.evidence().size());
        event.evidence().forEach((name, value) -> out.text(name).longText(value));
    }

    /// @return null if there is no such kind of event or no such reason
    public static @Nullable ElementEvent parse(OctetReader in) {
        String id = in.text();
        Kind kind = named(Kind.values(), in.text());
        int device = in.u8();
        String serial = in.text();
        long epoch = in.i64();
        Reason reason = named(Reason.values(), in.text());
        String cause = in.longText();
        Map<String, String> evidence = new TreeMap<>();
        for (int left = in.u16(); left > 0 && in.sound(); left--) {
            evidence.put(in.text(), in.longText());
        }
        return kind == null || reason == null
                ? null
                : new ElementEvent(id, kind, device, serial, epoch, reason, cause, evidence);
    }

    public static void emit(OctetWriter out, LoggedEvent logged) {
        emit(out.i64(logged.order()).i64(logged.orderedIn()), logged.event());
    }

    /// @return null if there is no such kind of event or no such reason
    public static @Nullable LoggedEvent parseLogged(OctetReader in) {
        long order = in.i64();
        long orderedIn = in.i64();
        ElementEvent event = parse(in);
        return event == null ? null : new LoggedEvent(order, orderedIn, event);
    }

    static <E extends Enum<E>> @Nullable E named(E[] values, String name) {
        for (E value : values) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        return null;
    }
}
