package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OrphanNote;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.StatusMessage;

/// Conditions that need the operator's attention, raised and cleared at their edges.
final class Alarms {
    /// Two masters for so long are no failover under way.
    private static final long OTHER_MASTER_NS = 1_000_000_000L;
    private static final String ORPHAN = "orphan-revision";
    private static final String DRIFT = "configuration-drift";

    private final ClusterState state;
    private final PairRule pairRule;
    private final Admission admission;
    private final Map<String, Alarm> raised = new TreeMap<>();
    private long otherMasterSinceNs = Peer.NEVER;
    private final Verification verification;
    /// Devices for which a drift is raised.
    private DeviceSet alarmed = DeviceSet.NONE;
    private String storeNote = "";
    private final Orphans orphans;
    /// Other devices whose orphans are shown here as alarms.
    private DeviceSet orphaned = DeviceSet.NONE;

    Alarms(ClusterState state, PairRule pairRule, Admission admission, Verification verification, Orphans orphans) {
        this.state = state;
        this.pairRule = pairRule;
        this.admission = admission;
        this.verification = verification;
        this.orphans = orphans;
    }

    List<Alarm> raised() {
        return new ArrayList<>(raised.values());
    }

    /// What the store said at the start; stands until the next start.
    void storeNote(String note) {
        storeNote = note;
    }

    void doWork(long nowNs, Effects out) {
        int other = otherMaster(nowNs);
        otherMasterSinceNs = other == 0 ? nowNs : otherMasterSinceNs;
        set(
                "two-masters",
                nowNs - otherMasterSinceNs > OTHER_MASTER_NS,
                "device " + other + " is master of this cluster too: both went on alone while they were separated; "
                        + "compare their revisions, use factory-reset on one of them, and join it again",
                out);
        drift(out);
        set("state-recovered", !storeNote.isEmpty(), storeNote, out);
        orphans(out);
        String fault = state.storeFault();
        set(
                "no-real-time-scheduling",
                state.timing.leaseNs() >= Timing.ORDINARY.leaseNs(),
                "without real-time scheduling a failover takes longer: run the device as root or with CAP_SYS_NICE",
                out);
        set("store-failed", fault != null, fault == null ? "" : fault, out);
        boolean pair = state.voters().size() == 2;
        set(
                "pair-without-witness",
                pair && state.isVoter() && !pairRule.hasWitness(),
                "two voters and no witness: if one device dies, the other stops; configure a witness",
                out);
        set(
                "pair-not-in-sync",
                pair && state.isVoter() && pairRule.hasWitness() && pairRule.markVoid(),
                "this device could not go on alone now: its peer is silent, or it is not in sync with it yet",
                out);
        boolean duplicate = !admission.duplicates().isEmpty();
        set(
                "duplicate-serial",
                duplicate,
                "two devices announce the serial number " + String.join(", ", admission.duplicates())
                        + ": give each device its own",
                out);
        String unmet = state.masterServing(nowNs) ? RoleAssignment.unmet(state, state.self()) : "";
        set(
                "master-below-criteria",
                !unmet.isEmpty(),
                "this device leads though it does not meet the election criteria (" + unmet + "): repair it, hand its "
                        + "role over by request-failover if the backup master is fitter, or ask for less",
                out);
        set(
                "vote-void",
                state.durable.voteVoid(),
                "the vote of this device is void since its state was recovered from an older image",
                out);
    }

    /// Those of this device are its own event. Of others, which told theirs, the master only shows the alarm.
    private void orphans(Effects out) {
        Map<Integer, List<OrphanNote>> all = orphans.all();
        List<OrphanNote> own = all.getOrDefault(state.self(), List.of());
        set(ORPHAN, !own.isEmpty(), own.isEmpty() ? "" : orphanText(own), out);
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

    private void set(String name, boolean on, String text, Effects out) {
        set(name, on, new Alarm(name, state.self(), text), out);
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
