package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.testudo.element.config.ElectionConfig;
import net.testudo.element.config.ElectionConfig.Order;
import net.testudo.element.net.DeviceSet;

/// The devices that could lead, in the order in which they are taken (ELE-01, ELE-04, ELE-05, ELE-07): those that meet
/// the criteria before those that do not, then the backup master, then as configured. Every device that knows the same
/// of the others has the same ranking.
final class Ranking {
    private final ElectionConfig rules;
    private final long seed;
    private final int backup;
    private final List<Candidate> ranked;

    /// @param seed of the draw
    /// @param backup the backup master if it goes before others, 0 if none does
    Ranking(ElectionConfig rules, long seed, int backup, List<Candidate> candidates) {
        this.rules = rules;
        this.seed = seed;
        this.backup = backup;
        this.ranked = new ArrayList<>(candidates);
        ranked.sort(this::compare);
    }

    /// Of those that could stand for election now: the voters that are heard and in service, and this device.
    static Ranking forElection(ClusterState state, long nowNs) {
        DeviceSet there = DeviceSet.NONE;
        DeviceSet others = state.voters().without(state.self()).minus(state.deactivated());
        for (int d = others.first(); d != 0; d = others.next(d)) {
            there = state.isSilent(d, nowNs) ? there : there.with(d);
        }
        return of(state, there.with(state.self()), state.backup);
    }

    /// Of `devices`, without precedence of the backup master that there is.
    static Ranking forBackup(ClusterState state, DeviceSet devices) {
        return of(state, devices, 0);
    }

    /// Of those that could stand if the master failed: the voters that are heard and in service.
    ///
    /// @param master that is left out, 0 for none
    static Ranking without(ClusterState state, int master, long nowNs) {
        DeviceSet there = DeviceSet.NONE;
        DeviceSet inService = state.voters().minus(state.deactivated());
        DeviceSet voters = master == 0 ? inService : inService.without(master);
        for (int d = voters.first(); d != 0; d = voters.next(d)) {
            there = d == state.self() || !state.isSilent(d, nowNs) ? there.with(d) : there;
        }
        return of(state, there, state.backup);
    }

    /// Of `devices`, the backup master before others if it is one of them.
    static Ranking of(ClusterState state, DeviceSet devices, int backup) {
        List<Candidate> candidates = new ArrayList<>();
        for (int d = devices.first(); d != 0; d = devices.next(d)) {
            candidates.add(state.candidate(d));
        }
        long seed = 31L * state.durable.clusterId().hashCode() + state.followedEpoch;
        return new Ranking(state.electionRules(), seed, backup, candidates);
    }

    private int compare(Candidate one, Candidate other) {
        int fit = Boolean.compare(isFit(other), isFit(one));
        if (fit != 0) {
            return fit;
        }
        int role = Boolean.compare(other.device() == backup, one.device() == backup);
        return role != 0 ? role : one.compare(other, decisive(one, other), draw(one), draw(other));
    }

    /// What decides between two that the criteria and the role do not tell apart.
    private Order decisive(Candidate one, Candidate other) {
        for (Order order : rules.order()) {
            if (one.compare(other, order, draw(one), draw(other)) != 0) {
                return order;
            }
        }
        return Order.LOWEST_NUMBER;
    }

    private long draw(Candidate candidate) {
        return new SplittableRandom(seed + candidate.device()).nextLong();
    }

    /// The backup master that leads for a transition need not meet the criteria (ELE-03).
    private boolean isFit(Candidate candidate) {
        boolean transition = candidate.device() == backup && rules.succession().transition();
        return transition || candidate.unmet(rules).isEmpty();
    }

    /// Those that meet the criteria.
    DeviceSet fit() {
        DeviceSet fit = DeviceSet.NONE;
        for (Candidate candidate : ranked) {
            fit = isFit(candidate) ? fit.with(candidate.device()) : fit;
        }
        return fit;
    }

    /// Those that meet the criteria; all, if nobody does.
    DeviceSet candidates() {
        DeviceSet all = DeviceSet.NONE;
        for (Candidate candidate : ranked) {
            all = all.with(candidate.device());
        }
        DeviceSet fit = fit();
        return fit.isEmpty() ? all : fit;
    }

    /// The one that is taken, 0 if there is none.
    int first() {
        return ranked.isEmpty() ? 0 : ranked.getFirst().device();
    }

    /// How many are taken before `device`, which is one of them.
    int rankOf(int device) {
        int rank = 0;
        while (rank < ranked.size() && ranked.get(rank).device() != device) {
            rank++;
        }
        return rank;
    }

    /// By what the first one goes before the second one, in the words of the module testudo-event-log.
    String criterion() {
        if (ranked.size() < 2) {
            return first() == backup ? "backup-master" : "lowest-number";
        }
        Candidate first = ranked.getFirst();
        Candidate second = ranked.get(1);
        if (first.device() == backup) {
            return "backup-master";
        }
        return isFit(second) == isFit(first) ? words(decisive(first, second)) : "election-criteria";
    }

    /// Why `device` is taken after `winner`, in the words of the module testudo-event-log.
    String whyLost(int device, int winner) {
        int rank = rankOf(device);
        if (rank == ranked.size() || rank < rankOf(winner)) {
            return "later";
        }
        Candidate lost = ranked.get(rank);
        Candidate won = ranked.get(rankOf(winner));
        if (isFit(won) && !isFit(lost)) {
            return switch (lost.unmet(rules).getFirst()) {
                case HEALTH -> "below-min-health";
                case LOAD -> "above-max-load";
                case PROCESSORS -> "below-min-processors";
                case LINK_SPEED -> "below-min-link-speed";
                case SELF_REQUEST -> "asks-for-relief";
            };
        }
        return winner == backup
                ? "not-backup-master"
                : switch (decisive(won, lost)) {
                    case SCORE -> "lower-score";
                    case HEALTH -> "less-healthy";
                    case LOAD -> "busier";
                    case PROCESSORS -> "fewer-processors";
                    case LINK_SPEED -> "slower-links";
                    case NEWEST_REVISION -> "older-revision";
                    case STANDBY_FIRST -> "not-standby";
                    case STANDBY_LAST -> "standby";
                    case RANDOM -> "drawn-later";
                    case LOWEST_NUMBER -> "higher-number";
                };
    }

    private static String words(Order order) {
        return order.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
