package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.OrphanNote;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.StatusMessage;

/// Conditions that need the operator's attention, raised and cleared at their edges.
final class Alarms {
    /// Two masters for so long are no failover under way.
    private static final long OTHER_MASTER_NS = 1_000_000_000L;
    /// A device that starts is heard on a data network first, for a moment.
    private static final long SEPARATED_NS = 1_000_000_000L;
    /// After each start and each late duty cycle a device is not in sync for a moment.
    private static final long NOT_IN_SYNC_NS = 1_000_000_000L;
    private static final String ORPHAN = "orphan-revision";
    private static final String VERSION = "protocol-version";
    private static final String DRIFT = "configuration-drift";
    private static final String SILENCE = "backup-not-acknowledging";
    private static final String SILENCE_TEXT =
            " did not acknowledge run-time data as backup master, and is not chosen again until it acknowledged for a "
                    + "while: see its load, its memory and its cluster port; restart it if it stays so";

    private final ClusterState state;
    private final PairRule pairRule;
    private final Admission admission;
    private final Map<String, Alarm> raised = new TreeMap<>();
    private long otherMasterSinceNs = Peer.NEVER;
    private long separatedSinceNs = Peer.NEVER;
    private long notInSyncSinceNs = Peer.NEVER;
    private final Verification verification;
    /// Devices for which a drift is raised.
    private DeviceSet alarmed = DeviceSet.NONE;
    /// Devices whose silence as backup master is raised.
    private DeviceSet silent = DeviceSet.NONE;
    /// Devices for which a protocol version is raised.
    private DeviceSet incompatible = DeviceSet.NONE;
    private boolean clocksDiffer;
    private String storeNote = "";
    private List<String> withoutPort = List.of();
    private final Orphans orphans;
    private final Succession succession;
    /// Other devices whose orphans are shown here as alarms.
    private DeviceSet orphaned = DeviceSet.NONE;
    private final ExposureAlarms exposures;

    Alarms(
            ClusterState state,
            PairRule pairRule,
            Admission admission,
            Verification verification,
            Orphans orphans,
            Succession succession) {
        this.state = state;
        this.pairRule = pairRule;
        this.admission = admission;
        this.verification = verification;
        this.orphans = orphans;
        exposures = new ExposureAlarms(state, raised);
        this.succession = succession;
    }

    List<Alarm> raised() {
        return new ArrayList<>(raised.values());
    }

    /// What the store said at the start; stands until the next start.
    void storeNote(String note) {
        storeNote = note;
    }

    /// Data networks on which this device has no port.
    void withoutPort(List<String> networks) {
        withoutPort = networks;
    }

    void doWork(long nowNs, Effects out) {
        otherMaster(nowNs, out);
        withoutPort(out);
        drift(out);
        exposures.doWork(nowNs, out);
        silence(out);
        versions(nowNs, out);
        clockDifference(nowNs, out);
        set("state-recovered", !storeNote.isEmpty(), () -> storeNote, out);
        orphans(out);
        ownCondition(out);
        pair(nowNs, out);
        surroundings(nowNs, out);
        leading(nowNs, out);
        set(
                "vote-void",
                state.durable.voteVoid(),
                () -> "the vote of this device is void since its state was recovered from an older image",
                out);
    }

    private void otherMaster(long nowNs, Effects out) {
        int other = otherMaster(nowNs);
        otherMasterSinceNs = other == 0 ? nowNs : otherMasterSinceNs;
        set(
                "two-masters",
                nowNs - otherMasterSinceNs > OTHER_MASTER_NS,
                () -> "device " + other
                        + " is master of this cluster too: both went on alone while they were separated; "
                        + "compare their revisions, use factory-reset on one of them, and join it again",
                out);
    }

    private void withoutPort(Effects out) {
        set(
                "data-port-missing",
                !withoutPort.isEmpty(),
                () -> "this device has no port on the data network " + String.join(", ", withoutPort)
                        + " and carries nothing there: start it with --data NETWORK=PORT, or remove the network",
                out);
    }

    private void ownCondition(Effects out) {
        String fault = state.writes.fault();
        set(
                "no-real-time-scheduling",
                state.timing.leaseNs() >= Timing.ORDINARY.leaseNs(),
                () -> "without real-time scheduling a failover takes longer: run the device as root or with "
                        + "CAP_SYS_NICE",
                out);
        set("store-failed", fault != null, () -> String.valueOf(fault), out);
    }

    private void pair(long nowNs, Effects out) {
        boolean pair = state.voters().size() == 2;
        set(
                "pair-without-witness",
                pair && state.isVoter() && !pairRule.hasWitness(),
                () -> "two voters and no witness: if one device dies, the other stops; configure a witness",
                out);
        boolean inSync = !(pair && state.isVoter() && pairRule.hasWitness() && pairRule.markVoid());
        notInSyncSinceNs = inSync ? nowNs : notInSyncSinceNs;
        set(
                "pair-not-in-sync",
                nowNs - notInSyncSinceNs > NOT_IN_SYNC_NS,
                () -> "this device could not go on alone now: its peer is silent, or it is not in sync with it yet",
                out);
    }

    private void surroundings(long nowNs, Effects out) {
        boolean duplicate = !admission.duplicates().isEmpty();
        set(
                "duplicate-serial",
                duplicate,
                () -> "two devices announce the serial number " + String.join(", ", admission.duplicates())
                        + ": give each device its own",
                out);
        DeviceSet dataOnly = state.heardOnData.minus(state.heardOnCluster).and(state.members());
        separatedSinceNs = dataOnly.isEmpty() ? nowNs : separatedSinceNs;
        set(
                "cluster-network-separated",
                nowNs - separatedSinceNs > SEPARATED_NS,
                () -> "devices " + dataOnly
                        + " are heard on data networks only, where all goes on as long as these do: repair "
                        + "the cluster network, or the cluster ports of those devices",
                out);
    }

    private void leading(long nowNs, Effects out) {
        String unmet = state.masterServing(nowNs) ? RoleAssignment.unmet(state, state.self()) : "";
        set(
                "master-below-criteria",
                !unmet.isEmpty(),
                () -> "this device leads though it does not meet the election criteria (" + unmet
                        + "): repair it, hand its "
                        + "role over by request-failover if the backup master is fitter, or ask for less",
                out);
        Succession.Plan plan = succession.waitsLong(nowNs) ? succession.plan() : null;
        set(
                "hand-over-waits",
                plan != null,
                () -> plan == null
                        ? ""
                        : "the role of the master waits to move ("
                                + Succession.words(plan.reason())
                                + "), for " + succession.waitsFor(plan, nowNs)
                                + ": look after that device, or choose another one by elect-master",
                out);
    }

    /// Those of this device are its own event. Of others, which told theirs, the master only shows the alarm.
    private void orphans(Effects out) {
        if (orphans.isEmpty() && orphaned.isEmpty() && !raised.containsKey(ORPHAN)) {
            return;
        }
        Map<Integer, List<OrphanNote>> all = orphans.all();
        List<OrphanNote> own = all.getOrDefault(state.self(), List.of());
        set(ORPHAN, !own.isEmpty(), () -> orphanText(own), out);
        DeviceSet shown = DeviceSet.NONE;
        for (Map.Entry<Integer, List<OrphanNote>> other : all.entrySet()) {
            int device = other.getKey();
            if (device != state.self() && !other.getValue().isEmpty()) {
                shown = shown.with(device);
                raised.put(ORPHAN + "/" + device, new Alarm(ORPHAN, device, orphanText(other.getValue())));
            }
        }
        DeviceSet gone = orphaned.minus(shown);
        for (int d = gone.first(); d != 0; d = gone.next(d)) {
            raised.remove(ORPHAN + "/" + d);
        }
        orphaned = shown;
    }

    private static String orphanText(List<OrphanNote> list) {
        RevisionHeader newest = list.getFirst().header();
        return "revision " + newest.number() + " (" + newest.hash() + ")"
                + (list.size() > 1 ? " and " + (list.size() - 1) + " before it" : "")
                + " was decided there and is not part of the cluster's line; it is kept: look at it by get-orphan, "
                + "commit again what is still wanted, then use dismiss-orphan";
    }

    /// A member that says it is master while this device is, 0 if there is none.
    private int otherMaster(long nowNs) {
        DeviceSet others = state.masterServing(nowNs) ? state.others() : DeviceSet.NONE;
        for (int d = others.first(); d != 0; d = others.next(d)) {
            StatusMessage status = state.peer(d).status;
            if (status != null && status.has(StatusMessage.MASTER) && !state.isSilent(d, nowNs)) {
                return d;
            }
        }
        return 0;
    }

    /// Told by the master for all, and by a device that follows nobody.
    private void versions(long nowNs, Effects out) {
        boolean tells = state.masterServing(nowNs) || !Serving.asMember(state.memberLeaseEndNs, nowNs);
        ProtocolVersions own = state.versions.of(state.self());
        DeviceSet looked = state.members().or(incompatible);
        for (int d = looked.first(); d != 0; d = looked.next(d)) {
            ProtocolVersions spoken = state.versions.of(d);
            boolean refused = own != null && spoken != null && !spoken.isCompatible(own);
            boolean on = tells && refused && state.members().contains(d);
            if (on || incompatible.contains(d)) {
                String text = "device " + d + " speaks versions " + spoken + " of the cluster protocol, this device "
                        + own + ": they are refused by each other; bring both to software releases that follow each "
                        + "other";
                incompatible = on ? incompatible.with(d) : incompatible.without(d);
                set(VERSION + "/" + d, on, new Alarm(VERSION, d, text), out);
            }
        }
    }

    private void clockDifference(long nowNs, Effects out) {
        WallClocks clocks = WallClocks.of(state, nowNs);
        ClusterConfig config = state.config;
        long boundMs = config == null
                ? ClusterConfig.Operation.CLOCK_DIFFERENCE_MAX_MS
                : config.operation().clockDifferenceMaxMs();
        // It has to be clearly less before the alarm is cleared, so that it does not come and go.
        clocksDiffer = state.masterServing(nowNs) && clocks.spanMs() > (clocksDiffer ? boundMs - boundMs / 4 : boundMs);
        set(
                "clock-difference",
                clocksDiffer,
                () -> "the wall clocks of device " + clocks.earliest() + " and device " + clocks.latest()
                        + " differ, by more than " + boundMs
                        + " ms when this was raised: look after their time synchronisation; times in "
                        + "logs are not comparable, and certificates may be taken for expired or not valid yet",
                out);
    }

    private void drift(Effects out) {
        DeviceSet drifted = verification.drifted();
        DeviceSet changed = drifted.minus(alarmed).or(alarmed.minus(drifted));
        alarmed = drifted;
        for (int d = changed.first(); d != 0; d = changed.next(d)) {
            String text = "device " + d + " does not work with the decided configuration; it is sent again, and the "
                    + "device is taken out if that does not help: look at its state, leaf verification";
            set(DRIFT + "/" + d, drifted.contains(d), new Alarm(DRIFT, d, text), out);
        }
    }

    private void silence(Effects out) {
        DeviceSet now = state.master ? state.silentBackups : DeviceSet.NONE;
        DeviceSet changed = now.minus(silent).or(silent.minus(now));
        silent = now;
        for (int d = changed.first(); d != 0; d = changed.next(d)) {
            String text = "device " + d + SILENCE_TEXT;
            set(SILENCE + "/" + d, now.contains(d), new Alarm(SILENCE, d, text), out);
        }
    }

    /// @param text made only while the alarm is on
    private void set(String name, boolean on, Supplier<String> text, Effects out) {
        if (on || raised.containsKey(name)) {
            set(name, on, new Alarm(name, state.self(), on ? text.get() : ""), out);
        }
    }

    /// @param key of the condition; an own alarm stays the same when this device gets another number
    private void set(String key, boolean on, Alarm alarm, Effects out) {
        Alarm former = raised.get(key);
        if (on && former == null) {
            raised.put(key, alarm);
            state.notify(out, Kind.ALARM_RAISED, alarm.device(), alarm.text(), Map.of("alarm", alarm.name()));
        } else if (on && former != null && !former.text().equals(alarm.text())) {
            raised.put(key, new Alarm(alarm.name(), former.device(), alarm.text()));
        } else if (!on && former != null) {
            raised.remove(key);
            state.notify(out, Kind.ALARM_CLEARED, alarm.device(), alarm.name(), Map.of("alarm", alarm.name()));
        }
    }
}
