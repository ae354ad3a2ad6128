package net.testudo.agent.management;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElectionCriterion;
import net.testudo.element.management.ElectionState;
import net.testudo.element.management.ElectionState.Contender;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.management.ElementSnapshot.DiscoveredDevice;
import net.testudo.element.management.ElementSnapshot.MemberState;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.element.management.MemberClock;
import net.testudo.element.management.RevisionHistory;
import net.testudo.element.management.Role;
import net.testudo.element.management.Verified;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
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
        BackupSyncCodec.write(out, s.backupSync());
        Names.writeCounts(out, s.counters());
        log.write(out, s.log());
        out.u8(s.protocolVersion());
        writeElection(out, s.election());
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
        BackupSync backupSync = BackupSyncCodec.read(in);
        var counters = Names.readCounts(in);
        var newestLog = log.read(in);
        int protocolVersion = in.u8();
        ElectionState election = readElection(in);
        return role == null || backupSync == null || election == null
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
                        backupSync,
                        counters,
                        newestLog,
                        protocolVersion,
                        election);
    }

    private static void writeElection(OctetWriter out, ElectionState e) {
        ElectionState.HandOver prepared = e.handOver();
        out.u8(e.next()).u32(e.penalty()).bool(e.suppressed()).i64(e.termEndNs());
        out.u8(prepared.target()).text(prepared.reason().name());
        out.longText(prepared.text()).longText(prepared.waitsFor());
        out.u8(e.tieBreaker())
                .u8(e.segments())
                .i64(e.onCluster().bits())
                .i64(e.onData().bits());
        writeAll(out, e.contenders(), (to, c) -> to.u8(c.device()).u8(c.score()).text(c.whyNot()));
    }

    private static @Nullable ElectionState readElection(OctetReader in) {
        int next = in.u8();
        int penalty = in.u32();
        boolean suppressed = in.bool();
        long termEndNs = in.i64();
        int target = in.u8();
        Reason reason = Names.of(Reason.class, in.text());
        String text = in.longText();
        String waitsFor = in.longText();
        int tieBreaker = in.u8();
        int segments = in.u8();
        DeviceSet onCluster = new DeviceSet(in.i64() & ~1L);
        DeviceSet onData = new DeviceSet(in.i64() & ~1L);
        List<Contender> contenders = in.list(from -> new Contender(from.u8(), from.u8(), from.text()));
        return reason == null
                ? null
                : new ElectionState(
                        next,
                        penalty,
                        suppressed,
                        termEndNs,
                        new ElectionState.HandOver(target, reason, text, waitsFor),
                        tieBreaker,
                        segments,
                        onCluster,
                        onData,
                        contenders);
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
        out.u16(m.syncProgress().size());
        m.syncProgress().forEach((name, percent) -> out.text(name).u8(percent));
        out.u8(m.versions() == null ? 0 : m.versions().newest());
        MemberClockCodec.write(out, m.clock());
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
        Map<String, Integer> syncProgress = new TreeMap<>();
        for (int left = in.u16(); left > 0 && in.sound(); left--) {
            syncProgress.put(in.text(), in.u8());
        }
        int newest = in.u8();
        MemberClock clock = MemberClockCodec.read(in);
        return role == null || verified == null || clock == null
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
                        verified,
                        syncProgress,
                        newest == 0 ? null : new ProtocolVersions(newest),
                        clock);
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
