package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.StatusMessage;

/// Conditions that need the operator's attention, raised and cleared at their edges.
final class Alarms {
    /// Two masters for so long are no failover under way.
    private static final long OTHER_MASTER_NS = 1_000_000_000L;

    private final ClusterState state;
    private final PairRule pairRule;
    private final Admission admission;
    private final Map<String, Alarm> raised = new TreeMap<>();
    private long otherMasterSinceNs = Peer.NEVER;
    private String storeNote = "";
    private String orphanNote = "";

    Alarms(ClusterState state, PairRule pairRule, Admission admission) {
        this.state = state;
        this.pairRule = pairRule;
        this.admission = admission;
    }

    List<Alarm> raised() {
        return new ArrayList<>(raised.values());
    }

    /// What the store said at the start; stands until the next start.
    void storeNote(String note) {
        storeNote = note;
    }

    /// A decided revision of this device is not on the cluster's line.
    void orphan(Revision revision) {
        orphanNote = "revision " + revision.number() + " (" + revision.header().hash()
                + ") was decided here and is not part of the cluster's line; it is kept: compare it, and commit again "
                + "what is still wanted";
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
        set("state-recovered", !storeNote.isEmpty(), storeNote, out);
        set("orphan-revision", !orphanNote.isEmpty(), orphanNote, out);
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
        set(
                "vote-void",
                state.durable.voteVoid(),
                "the vote of this device is void since its state was recovered from an older image",
                out);
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

    private void set(String name, boolean on, String text, Effects out) {
        Alarm alarm = raised.get(name);
        if (on && alarm == null) {
            raised.put(name, new Alarm(name, state.self(), text));
            state.notify(out, Kind.ALARM_RAISED, state.self(), text, Map.of("alarm", name));
        } else if (!on && alarm != null) {
            raised.remove(name);
            state.notify(out, Kind.ALARM_CLEARED, state.self(), name, Map.of("alarm", name));
        }
    }
}
