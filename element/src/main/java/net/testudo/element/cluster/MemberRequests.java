package net.testudo.element.cluster;

import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.TieBreakerConfig;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Answer.Outcome;
import net.testudo.element.management.Content;
import net.testudo.element.management.Request;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.Revision;
import org.jspecify.annotations.Nullable;

/// The agent's requests about members: taking one out, replacing one, putting one into maintenance and into service
/// again.
final class MemberRequests {
    private static final long WISH_NS = 5_000_000_000L;

    private final ClusterState state;
    private final ClusterNode node;
    private final Commands commands;
    private Request.@Nullable Activate wish;
    private long wishNs;
    private boolean wishTaken;

    MemberRequests(ClusterState state, ClusterNode node, Commands commands) {
        this.state = state;
        this.node = node;
        this.commands = commands;
    }

    // --- removal

    void leave(Request.Leave leave, long nowNs, Effects out) {
        String serial = leave.serial().isEmpty() ? state.serial : leave.serial();
        int device = member(serial);
        DeviceSet missing = device == 0 ? DeviceSet.NONE : node.membership().missingWithout(device, serial, nowNs);
        if (device == 0) {
            refuse(leave, "no member has the serial number " + serial, out);
        } else if (device == state.self() && state.members().size() == 1) {
            refuse(leave, "this is the last member: use factory-reset to end the cluster", out);
        } else if (state.members().without(device).minus(state.deactivated()).isEmpty()) {
            refuse(leave, "the others are in maintenance: activate one first", out);
        } else if (isTieBreaker(serial)) {
            refuse(leave, tieBreaker(serial), out);
        } else if (!missing.isEmpty()) {
            refuse(leave, missing(serial, missing), out);
        } else {
            node.membership().remove(device, serial, commands.outcome(leave.requestId(), ""), nowNs, out);
        }
    }

    // --- replacement: the old device goes out, then the new one is admitted as by the rpc join

    void replace(Request.Replace request, long nowNs, Effects out) {
        int device = member(request.serial());
        DeviceSet missing =
                device == 0 ? DeviceSet.NONE : node.membership().missingWithout(device, request.serial(), nowNs);
        String refusal = node.admission().refusal(request.by(), nowNs);
        if (device == 0) {
            refuse(request, "no member has the serial number " + request.serial(), out);
        } else if (device == state.self() || !state.isSilent(device, nowNs)) {
            refuse(request, request.serial() + " is there: switch it off first, or use leave and join", out);
        } else if (refusal != null) {
            refuse(request, refusal, out);
        } else if (isTieBreaker(request.serial())) {
            refuse(request, tieBreaker(request.serial()), out);
        } else if (!missing.isEmpty()) {
            refuse(request, missing(request.serial(), missing), out);
        } else {
            node.membership().replace(device, request.serial(), request.by(), admission(request), nowNs, out);
        }
    }

    /// Whether the operator chose this member to be the tie-breaker: no configuration is valid without it then.
    private boolean isTieBreaker(String serial) {
        ClusterConfig config = state.config;
        TieBreakerConfig chosen = config == null
                ? TieBreakerConfig.STANDARD
                : config.operation().election().tieBreaker();
        return chosen.choice() == TieBreakerConfig.Choice.MEMBER
                && chosen.serial().equals(serial);
    }

    private static String tieBreaker(String serial) {
        return serial + " is the tie-breaker: name another one in /cluster/election/tie-breaker first";
    }

    private static String missing(String serial, DeviceSet missing) {
        return "without " + serial + " the others are no majority while devices " + missing
                + " have no vote: bring them back, or remove them first";
    }

    private Commit.Outcome admission(Request.Replace request) {
        Commit.Outcome removal = commands.outcome(request.requestId(), "");
        return new Commit.Outcome() {
            @Override
            public void decided(Revision revision, long nowNs, Effects out) {
                node.admission().onJoinRequest(request.requestId(), request.by(), nowNs, out);
            }

            @Override
            public void withdrawn(Commit.Withdrawal why, long nowNs, Effects out) {
                removal.withdrawn(why, nowNs, out);
            }

            @Override
            public void unknown(Effects out) {
                removal.unknown(out);
            }
        };
    }

    private int member(String serial) {
        ClusterConfig config = state.config;
        return config == null ? 0 : MemberList.device(config, serial).orElse(0);
    }

    private static void refuse(Request request, String why, Effects out) {
        Commands.answer(out, Answer.no(request.requestId(), Outcome.REFUSED, why));
    }

    // --- maintenance

    void deactivate(Request.Deactivate request, long nowNs, Effects out) {
        if (member(request.serial()) == 0) {
            refuse(request, "no member has the serial number " + request.serial(), out);
            return;
        }
        Content content = MemberList.deactivated(newest(), request.serial(), request.reason());
        String refusal = refusal(content, nowNs);
        if (refusal == null) {
            propose(request, content, nowNs, out);
        } else {
            refuse(request, refusal, out);
        }
    }

    void activate(Request.Activate request, long nowNs, Effects out) {
        if (member(request.serial()) == 0) {
            refuse(request, "no member has the serial number " + request.serial(), out);
        } else {
            propose(request, MemberList.activated(newest(), request.serial()), nowNs, out);
        }
    }

    /// Why `content` takes somebody out of service who has to stay, or null if it does not.
    @Nullable
    String refusal(Content content, long nowNs) {
        ClusterConfig current = state.config;
        ClusterConfig next = state.contents.config(content);
        if (current == null || next == null) {
            return null;
        }
        DeviceSet there = DeviceSet.of(state.self());
        DeviceSet others = state.members().without(state.self()).minus(node.suspendedMembers());
        for (int d = others.first(); d != 0; d = others.next(d)) {
            there = state.isSilent(d, nowNs) ? there : there.with(d);
        }
        return Maintenance.refusal(current, next, there, state.voters(), state.self())
                .orElse(null);
    }

    private Content newest() {
        return state.line().newest().content();
    }

    private void propose(Request request, Content content, long nowNs, Effects out) {
        if (Revision.hash(content).equals(state.header().contentHash())) {
            Commands.answer(out, Answer.ok(request.requestId(), state.number()));
            return;
        }
        Revision revision = Membership.successor(
                state, content, state.voters(), state.header().engineBoots());
        node.propose(revision, commands.outcome(request.requestId(), ""), nowNs, out);
    }

    // --- the operator chooses the master

    /// Why `device` cannot lead when the operator wants it to, or null if it can.
    @Nullable
    String cannotLead(int device, long nowNs) {
        String name = "device " + device;
        if (device == state.self()) {
            return name + " is the master already";
        }
        if (!state.voters().contains(device)) {
            return state.members().contains(device)
                    ? name + " has no vote yet: wait until it has got it"
                    : "there is no member with the number " + device;
        }
        if (state.isSilent(device, nowNs)) {
            return name + " is silent: bring it back first";
        }
        if (state.deactivated().contains(device)) {
            return name + " is in maintenance: use activate-member first";
        }
        if (node.suspendedMembers().contains(device)) {
            return name + " is suspended: wait until it serves again";
        }
        String unmet = RoleAssignment.unmet(state, device);
        DeviceSet candidates = Ranking.without(state, 0, nowNs).candidates();
        return unmet.isEmpty() || candidates.contains(device)
                ? null
                : name + " does not meet the election criteria (" + unmet + "): choose another one, or ask for less";
    }

    // --- all that are left are in maintenance: the operator asks one of them to lead

    /// Whether `request` asks this device, which is in maintenance, to serve again while nobody leads.
    boolean isWish(Request.Activate request, long nowNs) {
        return wish == null
                && request.serial().equals(state.serial)
                && !state.mayLead()
                && !state.master
                && !hearsMaster(nowNs);
    }

    private boolean hearsMaster(long nowNs) {
        int master = state.followed;
        return master != 0
                && master != state.self()
                && !state.isSilent(master, nowNs)
                && nowNs - state.masterHeardNs < state.deadNs(master);
    }

    /// Lets this device stand for election; the request is done when it leads.
    void wish(Request.Activate request, long nowNs) {
        wish = request;
        wishNs = nowNs;
        wishTaken = false;
        state.activationAsked = true;
    }

    /// The request that [#wish] keeps, once, when it can be done or answered: somebody leads, nobody came to lead in
    /// time, or this device is in maintenance, or in the cluster, no more.
    Request.@Nullable Activate takeWish(long nowNs) {
        Request.Activate waits = wish;
        if (waits == null) {
            return null;
        }
        boolean over = nowNs - wishNs > WISH_NS
                || hearsMaster(nowNs)
                || !state.deactivated().contains(state.self());
        if (over) {
            wish = null;
            state.activationAsked = false;
        }
        boolean due = !wishTaken && (over || state.masterServing(nowNs));
        wishTaken |= due;
        return due ? waits : null;
    }
}
