package net.testudo.agent.management;

import net.testudo.element.management.ElementEvent;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// Events: all fields in the order of the record.
final class EventCodec {
    private EventCodec() {}

    static void write(OctetWriter out, ElementEvent event) {
        out.text(event.id())
                .text(event.kind().name())
                .u8(event.device())
                .text(event.serial())
                .i64(event.epoch())
                .longText(event.cause());
        Names.writeTexts(out, event.evidence());
    }

    /// @return null if there is no such kind of event
    static @Nullable ElementEvent read(OctetReader in) {
        String id = in.text();
        ElementEvent.Kind kind = Names.of(ElementEvent.Kind.class, in.text());
        int device = in.u8();
        String serial = in.text();
        long epoch = in.i64();
        String cause = in.longText();
        var evidence = Names.readTexts(in);
        return kind == null ? null : new ElementEvent(id, kind, device, serial, epoch, cause, evidence);
    }
}
