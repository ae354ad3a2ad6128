package net.testudo.agent.management;

import java.util.List;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElectionCriterion;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.management.ElementSnapshot.DiscoveredDevice;
import net.testudo.element.management.ElementSnapshot.MemberState;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.element.management.RevisionHistory;
import net.testudo.element.management.Role;
import net.testudo.element.management.Verified;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// Snapshots: all fields in the order of the record, but of the content and the history only whether they are those of
/// the snapshot before; if not, they follow. Of the event log only what changed. So each connection needs its own
/// codec.
///
/// Times are of the machine's monotonic clock, which both processes read.
final class SnapshotCodec {
    private Content sent = Content.EMPTY;
    private Content received = Content.EMPTY;
    private final EventLogCodec log = new EventLogCodec();
    private final HistoryCodec history = new HistoryCodec();

    void write(OctetWriter out, ElementSnapshot s) {
        out.i64(s.nowNs()).text(s.serial()).u8(s.device()).text(s.role().name());
        out.text(s.clusterId()).text(s.clusterName()).i64(s.clusterStartedNs()).i64(s.epoch());
        out.u8(s.master()).bool(s.masterServing()).bool(s.memberServing()).bool(s.unwitnessed());
        out.i64(s.revision()).text(s.configHash());
        boolean same = s.content().equals(sent);
        out.bool(same);
        if (!same) {
            RequestCodec.writeContent(out, s.content());
            sent = s.content();
        }
        writeAll(out, s.members(), SnapshotCodec::writeMember);
        writeAll(out, s.discovered(), SnapshotCodec::writeDiscovered);
        writeAll(out, s.alarms(), (to, a) -> to.text(a.name()).u8(a.device()).longText(a.text()));
        Switchover last = s.lastSwitchover();
        out.text(last.eventId()).u8(last.from()).u8(last.to()).longText(last.cause());
        out.i64(last.atNs()).i64(last.count()).i64(s.engineBoots()).i64(s.engineBootsNs());
        history.write(out, s.history());
        Names.writeCounts(out, s.counters());
        log.write(out, s.log());
    }

    /// @return null if it names what there is not
    @Nullable
    ElementSnapshot read(OctetReader in) {
        long nowNs = in.i64();
        String serial = in.text();
        int device = in.u8();
        Role role = Names.of(Role.class, in.text());
        String clusterId = in.text();
        String clusterName = in.text();
        long clusterStartedNs = in.i64();
        long epoch = in.i64();
        int master = in.u8();
        boolean masterServing = in.bool();
        boolean memberServing = in.bool();
        boolean unwitnessed = in.bool();
        long revision = in.i64();
        String configHash = in.text();
        if (!in.bool()) {
            received = RequestCodec.readContent(in);
        }
        List<MemberState> members = in.list(SnapshotCodec::readMember);
        List<DiscoveredDevice> discovered = in.list(SnapshotCodec::readDiscovered);
        List<Alarm> alarms = in.list(from -> new Alarm(from.text(), from.u8(), from.longText()));
        Switchover last = new Switchover(in.text(), in.u8(), in.u8(), in.longText(), in.i64(), in.i64());
        long engineBoots = in.i64();
        long engineBootsNs = in.i64();
        RevisionHistory revisions = history.read(in);
        var counters = Names.readCounts(in);
        var newestLog = log.read(in);
        return role == null
                ? null
                : new ElementSnapshot(
                        nowNs,
                        serial,
                        device,
                        role,
                        clusterId,
                        clusterName,
                        clusterStartedNs,
                        epoch,
                        master,
                        masterServing,
                        memberServing,
                        unwitnessed,
                        revision,
                        configHash,
                        received,
                        members,
                        discovered,
                        alarms,
                        last,
                        engineBoots,
                        engineBootsNs,
                        revisions,
                        counters,
                        newestLog);
    }

    private interface ElementWriter<T> {
        void write(OctetWriter out, T element);
    }

    private static <T> void writeAll(OctetWriter out, List<T> elements, ElementWriter<T> writer) {
        out.u16(elements.size());
        elements.forEach(element -> writer.write(out, element));
    }

    private static void writeMember(OctetWriter out, MemberState m) {
        out.u8(m.device()).text(m.serial()).text(m.role().name()).text(m.staticRole());
        out.bool(m.voter()).bool(m.reachable()).bool(m.inSync()).u8(m.health());
        out.u8(m.capacity().load())
                .u16(m.capacity().processors())
                .u32(m.capacity().linkMbps());
        writeAll(out, m.unmet(), (to, criterion) -> to.text(criterion.name()));
        out.text(m.version())
                .text(m.configHash())
                .i64(m.flows())
                .i64(m.bootId())
                .i64(m.lastHeardNs())
                .text(m.verified().name());
    }

    private static @Nullable MemberState readMember(OctetReader in) {
        int device = in.u8();
        String serial = in.text();
        Role role = Names.of(Role.class, in.text());
        String staticRole = in.text();
        boolean voter = in.bool();
        boolean reachable = in.bool();
        boolean inSync = in.bool();
        int health = in.u8();
        Capacity capacity = new Capacity(in.u8(), in.u16(), in.u32());
        List<ElectionCriterion> unmet = in.list(from -> Names.of(ElectionCriterion.class, from.text()));
        String version = in.text();
        String configHash = in.text();
        long flows = in.i64();
        long bootId = in.i64();
        long lastHeardNs = in.i64();
        Verified verified = Names.of(Verified.class, in.text());
        return role == null || verified == null
                ? null
                : new MemberState(
                        device,
                        serial,
                        role,
                        staticRole,
                        voter,
                        reachable,
                        inSync,
                        health,
                        capacity,
                        unmet,
                        version,
                        configHash,
                        flows,
                        bootId,
                        lastHeardNs,
                        verified);
    }

    private static void writeDiscovered(OctetWriter out, DiscoveredDevice d) {
        out.text(d.serial()).text(d.mac()).text(d.version()).text(d.capabilities());
        out.text(d.licence()).text(d.state()).text(d.reason()).i64(d.firstHeardNs());
    }

    private static DiscoveredDevice readDiscovered(OctetReader in) {
        return new DiscoveredDevice(
                in.text(), in.text(), in.text(), in.text(), in.text(), in.text(), in.text(), in.i64());
    }
}
