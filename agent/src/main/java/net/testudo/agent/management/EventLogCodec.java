package net.testudo.agent.management;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.EventCodec;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;

/// The event log for one connection: epoch (8 octets), how many of the oldest records of the log before are gone (2),
/// how
/// many of the following ones stay (2), and the records behind those.
final class EventLogCodec {
    private EventLog sent = EventLog.EMPTY;
    private EventLog received = EventLog.EMPTY;

    void write(OctetWriter out, EventLog log) {
        List<LoggedEvent> before = sent.records();
        List<LoggedEvent> records = log.records();
        long first = records.isEmpty() ? Long.MAX_VALUE : records.getFirst().order();
        int gone = 0;
        while (gone < before.size() && before.get(gone).order() < first) {
            gone++;
        }
        int kept = 0;
        while (gone + kept < before.size()
                && kept < records.size()
                && records.get(kept).equals(before.get(gone + kept))) {
            kept++;
        }
        out.i64(log.epoch()).u16(gone).u16(kept).u16(records.size() - kept);
        records.subList(kept, records.size()).forEach(record -> EventCodec.emit(out, record, ProtocolVersions.NEWEST));
        sent = log;
    }

    EventLog read(OctetReader in) {
        long epoch = in.i64();
        int gone = in.u16();
        int kept = in.u16();
        List<LoggedEvent> more = in.list(each -> EventCodec.parseLogged(each, ProtocolVersions.NEWEST));
        List<LoggedEvent> before = received.records();
        if (gone + kept > before.size()) {
            in.reject();
            return EventLog.EMPTY;
        }
        List<LoggedEvent> records = new ArrayList<>(before.subList(gone, gone + kept));
        records.addAll(more);
        received = new EventLog(epoch, records);
        return received;
    }
}
