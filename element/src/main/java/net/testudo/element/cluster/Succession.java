package net.testudo.element.cluster;

import java.util.Arrays;
import java.util.Locale;
import net.testudo.element.config.SuccessionConfig;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.StatusMessage;
import org.jspecify.annotations.Nullable;

/// When a master that has not failed gives its role to another device, and to which one (DEF-08, DEF-10, ELE-03,
/// FOC-14).
///
/// Who is to lead becomes backup master first, and so gets all data; then the role moves. Only where the operator names
/// nobody, for maintenance, and for a master that cannot be verified it moves to the backup master as it is.
final class Succession {
    private static final long WAITING_LONG_NS = 10_000_000_000L;
    /// The operator's client may have asked at the cluster address: it is answered before that address moves away.
    private static final long ANSWER_NS = 250_000_000L;

    private final ClusterState state;
    private final ClusterNode node;
    private final Damping damping = new Damping();
    private final SelfRequest selfRequest = new SelfRequest();
    /// Since when each device is better than this master.
    private final long[] betterSinceNs = new long[DeviceSet.DEVICE_MAX + 1];
    private @Nullable Plan asked;
    private @Nullable Plan plan;
    private long plannedNs;
    private boolean unfit;
    private boolean transition;
    private boolean chosen;
    private long termSinceNs;
    private int copiedTo;

    /// A hand-over that is prepared.
    ///
    /// @param target who is to lead, 0 for the backup master as it is
    /// @param reason why
    /// @param text more about it, or empty
    record Plan(int target, Reason reason, String text) {}

    Succession(ClusterState state, ClusterNode node) {
        this.state = state;
        this.node = node;
        Arrays.fill(betterSinceNs, Peer.NEVER);
    }

    /// This device won an epoch.
    ///
    /// @param standing of the election that made it the master, null if it had been the master before
    /// @param inTransition whether it leads until a better device has all data
    void begin(@Nullable Standing standing, boolean inTransition, long nowNs) {
        asked = null;
        unfit = false;
        plan = null;
        copiedTo = 0;
        Arrays.fill(betterSinceNs, Peer.NEVER);
        if (standing != null) {
            transition = inTransition;
            termSinceNs = nowNs;
            HandOver said = state.handOver;
            boolean maintenance = said != null
                    && said.epoch() == standing.epoch()
                    && said.text().equals(HandOver.MAINTENANCE);
            chosen = standing.reason() == Reason.OPERATOR && !maintenance;
        }
    }

    /// The master changed for this reason, here or elsewhere.
    void masterChanged(Reason reason, long nowNs) {
        boolean flap = switch (reason) {
            case OPERATOR, TERM_OVER, TRANSITION_OVER, NO_MASTER -> false;
            default -> true;
        };
        if (flap) {
            damping.penalise(rules().preemption().damping(), nowNs);
        }
    }

    private SuccessionConfig rules() {
        return state.electionRules().succession();
    }

    /// The backup master that has a copy of all run-time data, 0 if none has.
    void setCopiedTo(int device) {
        copiedTo = device;
    }

    /// The operator asks for a hand-over; it takes the place of what was asked for before.
    ///
    /// @param target who is to lead, 0 for the backup master as it is
    /// @param reason in the operator's words
    void ask(int target, String reason) {
        asked = new Plan(target, Reason.OPERATOR, reason);
    }

    /// This device is not fit for its role: it cannot be verified.
    void giveUp() {
        unfit = true;
    }

    /// Whether this device asks to be relieved, whatever its role.
    void askForRelief(long nowNs) {
        boolean asks = selfRequest.update(rules().selfRequest(), state.health(), nowNs);
        state.statusDue |= asks != state.asksRelief;
        state.asksRelief = asks;
    }

    /// What this master prepares now.
    ///
    /// @param able devices that could be backup master
    void doWork(DeviceSet able, long nowNs) {
        Plan before = plan;
        DeviceSet fit = Ranking.forBackup(state, able).fit();
        noteBetter(fit, nowNs);
        plan = next(fit, nowNs);
        boolean same = plan != null && before != null && plan.reason() == before.reason();
        plannedNs = same ? plannedNs : nowNs;
    }

    /// What does not wait for the next choice of roles.
    private @Nullable Plan urgent() {
        if (asked != null) {
            return asked;
        }
        if (!state.mayLead()) {
            return new Plan(0, Reason.OPERATOR, HandOver.MAINTENANCE);
        }
        return unfit ? new Plan(0, Reason.NOT_VERIFIED, "") : null;
    }

    private @Nullable Plan next(DeviceSet fit, long nowNs) {
        Plan urgent = urgent();
        if (urgent != null || fit.isEmpty()) {
            return urgent;
        }
        if (state.asksRelief) {
            String text = "its health " + state.health() + " was below "
                    + rules().selfRequest().belowHealth();
            return new Plan(choose(fit), Reason.SELF_REQUEST, text);
        }
        if (transition) {
            return new Plan(choose(fit), Reason.TRANSITION_OVER, "");
        }
        DeviceSet better = longBetter(nowNs);
        if (!better.isEmpty() && !damping.isSuppressed(rules().preemption().damping(), nowNs)) {
            return preemption(choose(better));
        }
        boolean over = rules().maxTermNs() > 0 && nowNs - termSinceNs >= rules().maxTermNs();
        return over ? new Plan(choose(fit), Reason.TERM_OVER, "") : null;
    }

    /// Who was chosen before, else as in an election.
    private int choose(DeviceSet devices) {
        Plan before = plan;
        return before != null && devices.contains(before.target())
                ? before.target()
                : Ranking.of(state, devices, state.backup).first();
    }

    private Plan preemption(int device) {
        Candidate own = state.candidate(state.self());
        String unmet = RoleAssignment.unmet(state, state.self());
        String text = "device " + device + " has score "
                + state.candidate(device).score() + ", this one " + own.score()
                + (unmet.isEmpty() ? "" : " and does not meet the criteria: " + unmet) + "; for "
                + rules().preemption().holdNs() / 1_000_000_000L + " s";
        return new Plan(device, Reason.PREEMPTED, text);
    }

    /// Those that have been better for the hold time.
    private DeviceSet longBetter(long nowNs) {
        DeviceSet better = DeviceSet.NONE;
        for (int d = 1; d <= DeviceSet.DEVICE_MAX; d++) {
            boolean held = betterSinceNs[d] != Peer.NEVER
                    && nowNs - betterSinceNs[d] >= rules().preemption().holdNs();
            better = held ? better.with(d) : better;
        }
        return better;
    }

    private void noteBetter(DeviceSet fit, long nowNs) {
        Candidate own = state.candidate(state.self());
        boolean ownFit = own.unmet(state.electionRules()).isEmpty();
        boolean possible = rules().preemption().enabled() && !(chosen && ownFit);
        for (int d = 1; d <= DeviceSet.DEVICE_MAX; d++) {
            boolean better = possible
                    && fit.contains(d)
                    && isBetter(
                            state.candidate(d).score(),
                            own.score(),
                            ownFit,
                            rules().preemption().margin());
            betterSinceNs[d] = !better ? Peer.NEVER : betterSinceNs[d] == Peer.NEVER ? nowNs : betterSinceNs[d];
        }
    }

    /// Whether a device that meets the criteria is better than the master.
    static boolean isBetter(int score, int masterScore, boolean masterFit, int margin) {
        return !masterFit || score - masterScore >= margin;
    }

    /// Who has to be backup master for what is prepared, 0 for whoever it is.
    int wanted() {
        Plan prepared = plan;
        return prepared == null ? 0 : prepared.target();
    }

    /// Why that one is wanted, in one line.
    String wantedBecause() {
        Plan prepared = plan;
        return prepared == null
                ? ""
                : "it is to lead (" + words(prepared.reason()) + ")"
                        + (prepared.text().isEmpty() ? "" : ": " + prepared.text());
    }

    /// As the module testudo-event-log names it.
    static String words(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What is prepared, null if nothing is.
    @Nullable
    Plan plan() {
        return plan;
    }

    /// Whether what is prepared has waited so long that the operator should know.
    boolean waitsLong(long nowNs) {
        return plan != null && nowNs - plannedNs >= WAITING_LONG_NS;
    }

    /// What is missing for the hand-over, empty if nothing is.
    String waitsFor(Plan prepared, long nowNs) {
        int target = prepared.target();
        if (state.backup == 0) {
            return "a backup master";
        }
        if (prepared.reason() == Reason.OPERATOR && (!prepared.equals(plan) || nowNs - plannedNs < ANSWER_NS)) {
            return "the answer to the operator";
        }
        if (!Quorum.isMajority(state.header(), electorate(nowNs), false)) {
            return "a majority of voters that can write their state";
        }
        if (target == 0) {
            return "";
        }
        if (state.backup != target) {
            return "device " + target + " to be eligible as backup master";
        }
        if (copiedTo != target) {
            return "device " + target + " to have all run-time data";
        }
        if (state.peer(target).decidedNumber < state.number()) {
            return "device " + target + " to have revision " + state.number();
        }
        boolean patient = nowNs - plannedNs < state.commitTimeoutNs();
        return patient && node.commit().busy() ? "the end of a commit" : "";
    }

    /// Who can vote for the next master: without a majority of them nobody would lead.
    private DeviceSet electorate(long nowNs) {
        DeviceSet able = state.writes.fault() == null ? DeviceSet.of(state.self()) : DeviceSet.NONE;
        DeviceSet others = state.voters().without(state.self());
        for (int d = others.first(); d != 0; d = others.next(d)) {
            StatusMessage status = state.peer(d).status;
            boolean can = status != null
                    && !status.has(StatusMessage.VOTE_VOID)
                    && !status.has(StatusMessage.STORE_FAILED)
                    && !state.isSilent(d, nowNs);
            able = can ? able.with(d) : able;
        }
        return able;
    }

    /// The hand-over that is due now, null if none is.
    @Nullable
    HandOver due(long nowNs) {
        Plan urgent = urgent();
        Plan prepared = urgent == null ? plan : urgent;
        return prepared != null && waitsFor(prepared, nowNs).isEmpty()
                ? new HandOver(state.masterEpoch, prepared.reason(), prepared.text())
                : null;
    }

    /// The role is given up, or lost.
    void end() {
        plan = null;
        asked = null;
        unfit = false;
    }

    /// When the term of this master is over, [Peer#NEVER] if it has no end.
    long termEndNs() {
        return rules().maxTermNs() > 0 ? termSinceNs + rules().maxTermNs() : Peer.NEVER;
    }

    int penalty(long nowNs) {
        return damping.penalty(rules().preemption().damping(), nowNs);
    }

    boolean isSuppressed(long nowNs) {
        return damping.isSuppressed(rules().preemption().damping(), nowNs);
    }
}
