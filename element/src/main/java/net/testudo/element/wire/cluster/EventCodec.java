package net.testudo.element.wire.cluster;

import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.management.LoggedEvent;
import org.jspecify.annotations.Nullable;

/// Events and records of the event log as octets: all fields in the order of the record. A reason that version 1 of the
/// cluster protocol does not know travels as one that it knows, and its name in the evidence, which devices of all
/// versions hand on as it is: so a record is the same at all of them.
public final class EventCodec {
    private static final int FIRST_VERSION = 1;
    private static final String FURTHER_REASON = "further-reason";

    private EventCodec() {}

    public static void emit(OctetWriter out, ElementEvent event, int version) {
        Reason known = reason(event.reason(), FIRST_VERSION);
        boolean further = known != event.reason();
        out.text(event.id())
                .text(event.kind().name())
                .u8(event.device())
                .text(event.serial())
                .i64(event.epoch())
                .text(known.name())
                .longText(event.cause())
                .u16(event.evidence().size() + (further ? 1 : 0));
        event.evidence().forEach((name, value) -> out.text(name).longText(value));
        if (further) {
            out.text(FURTHER_REASON).longText(event.reason().name());
        }
    }

    /// @return null if there is no such kind of event or no such reason
    public static @Nullable ElementEvent parse(OctetReader in, int version) {
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
        Reason further = named(Reason.values(), evidence.getOrDefault(FURTHER_REASON, ""));
        if (further != null) {
            evidence.remove(FURTHER_REASON);
        }
        return kind == null || reason == null
                ? null
                : new ElementEvent(
                        id, kind, device, serial, epoch, further == null ? reason : further, cause, evidence);
    }

    public static void emit(OctetWriter out, LoggedEvent logged, int version) {
        emit(out.i64(logged.order()).i64(logged.orderedIn()), logged.event(), version);
    }

    /// @return null if there is no such kind of event or no such reason
    public static @Nullable LoggedEvent parseLogged(OctetReader in, int version) {
        long order = in.i64();
        long orderedIn = in.i64();
        ElementEvent event = parse(in, version);
        return event == null ? null : new LoggedEvent(order, orderedIn, event);
    }

    /// A reason as a version has it: the first one knows none of a master that hands over by itself, nor of a silent
    /// backup master.
    public static Reason reason(Reason reason, int version) {
        return switch (reason) {
            case PREEMPTED, TERM_OVER, SELF_REQUEST, TRANSITION_OVER -> version < 2 ? Reason.GAVE_UP : reason;
            case NOT_ACKNOWLEDGED -> version < 2 ? Reason.NONE : reason;
            case DOES_NOT_HEAR -> version < 2 ? Reason.SILENT : reason;
            default -> reason;
        };
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
