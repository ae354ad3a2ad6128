package net.testudo.agent.management;

import net.testudo.element.management.MemberClock;
import net.testudo.element.management.MemberClock.Offset;
import net.testudo.element.management.SystemClock;
import net.testudo.element.management.SystemClock.Source;
import net.testudo.element.management.SystemClock.Sync;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// What is known of a member's clocks: whether there is an offset, then that, what the system says, and the same for
/// the difference of the wall clocks.
final class MemberClockCodec {
    private MemberClockCodec() {}

    static void write(OctetWriter out, MemberClock clock) {
        Offset offset = clock.offset();
        out.bool(offset != null);
        if (offset != null) {
            out.i64(offset.ns()).i64(offset.uncertaintyNs());
        }
        SystemClock system = clock.system();
        out.text(system.sync().name()).text(system.source().name()).u32(system.errorUs());
        Long difference = clock.wallDifferenceMs();
        out.bool(difference != null);
        if (difference != null) {
            out.i64(difference);
        }
    }

    /// @return null if it names what there is not
    static @Nullable MemberClock read(OctetReader in) {
        Offset offset = in.bool() ? new Offset(in.i64(), in.i64()) : null;
        Sync sync = Names.of(Sync.class, in.text());
        Source source = Names.of(Source.class, in.text());
        int errorUs = in.u32();
        Long difference = in.bool() ? Long.valueOf(in.i64()) : null;
        return sync == null || source == null
                ? null
                : new MemberClock(offset, new SystemClock(sync, source, errorUs), difference);
    }
}
