package net.testudo.element.wire.cluster;

import java.util.List;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.wire.cluster.LogMessage.Fetch;
import net.testudo.element.wire.cluster.LogMessage.Position;
import net.testudo.element.wire.cluster.LogMessage.Records;
import net.testudo.element.wire.cluster.LogMessage.Report;
import net.testudo.element.wire.cluster.LogMessage.Run;
import net.testudo.element.wire.cluster.LogMessage.Stored;
import org.jspecify.annotations.Nullable;

/// Messages of the event log as octets: version of the log, type, then the fields in order.
final class LogCodec {
    private static final int REPORT = 1;
    private static final int POSITION = 2;
    private static final int RECORDS = 3;
    private static final int STORED = 4;
    private static final int FETCH = 5;
    /// Nobody gets there by counting.
    private static final long PLACE_MAX = 1L << 48;

    private LogCodec() {}

    static void emit(OctetWriter out, LogMessage message, int version) {
        out.u8(LogMessage.VERSION);
        switch (message) {
            case Report m -> {
                out.u8(REPORT).i64(m.epoch()).u16(m.events().size());
                m.events().forEach(event -> EventCodec.emit(out, event, version));
            }
            case Position m -> {
                out.u8(POSITION).i64(m.epoch()).i64(m.adopted()).u16(m.runs().size());
                m.runs().forEach(run -> out.i64(run.epoch()).i64(run.first()).i64(run.last()));
            }
            case Records m -> {
                out.u8(RECORDS).i64(m.epoch()).i64(m.start()).i64(m.newest());
                out.i64(m.base()).bool(m.anew()).u16(m.records().size());
                m.records().forEach(logged -> EventCodec.emit(out, logged, version));
            }
            case Stored m -> out.u8(STORED).i64(m.epoch()).i64(m.newest());
            case Fetch m -> out.u8(FETCH).i64(m.epoch()).i64(m.base());
        }
    }

    /// The message, or null if it is malformed or of another version.
    static @Nullable LogMessage parse(OctetReader in, int version) {
        if (in.u8() != LogMessage.VERSION) {
            return null;
        }
        return switch (in.u8()) {
            case REPORT -> new Report(in.i64(), bounded(in, in.list(each -> EventCodec.parse(each, version))));
            case POSITION -> position(in);
            case RECORDS -> records(in, version);
            case STORED -> new Stored(in.i64(), in.i64());
            case FETCH -> new Fetch(in.i64(), in.i64());
            default -> null;
        };
    }

    private static Position position(OctetReader in) {
        Position position = new Position(in.i64(), in.i64(), in.list(Run::parse));
        long end = 0;
        for (Run run : position.runs()) {
            boolean follows = run.first() == end + 1 || (end == 0 && run.first() > 0);
            if (!follows || run.last() < run.first()) {
                in.reject();
            }
            end = run.last();
        }
        if (position.runs().size() > EventLog.RECORDS_MAX || end > PLACE_MAX) {
            in.reject();
        }
        return position;
    }

    private static Records records(OctetReader in, int version) {
        Records message = new Records(
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.bool(),
                bounded(in, in.list(each -> EventCodec.parseLogged(each, version))));
        if (message.base() < 0 || message.base() > message.newest() || message.newest() > PLACE_MAX) {
            in.reject();
        }
        long place = message.base();
        for (LoggedEvent logged : message.records()) {
            place++;
            if (logged.order() != place || place > message.newest()) {
                in.reject();
            }
        }
        return message;
    }

    private static <T> List<T> bounded(OctetReader in, List<T> list) {
        if (list.size() > LogMessage.RECORDS_MAX) {
            in.reject();
        }
        return list;
    }
}
