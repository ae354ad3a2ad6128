package net.testudo.sim.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.testudo.sim.traffic.Conversation;
import net.testudo.sim.traffic.DataTraffic;
import net.testudo.sim.traffic.Owners;
import net.testudo.sim.world.SimWorld;

/// An established flow goes on, whatever single device dies: its hosts never wait longer for an answer than the bound.
/// It is demanded of flows that were open for [#SYNCHRONISED_NS] before, so that master and backup master have
/// acknowledged them.
public final class FlowsLive {
    /// Age of a flow that master and backup master know.
    public static final long SYNCHRONISED_NS = 500_000_000L;

    private final SimWorld world;
    private final DataTraffic traffic;
    private final List<Conversation> demanded = new ArrayList<>();
    private final Map<Conversation, String> owners = new HashMap<>();
    private String cause = "";
    private long boundNs;
    private long longestNs;

    /// Watches `traffic` when it is told to.
    public FlowsLive(SimWorld world, DataTraffic traffic) {
        this.world = world;
        this.traffic = traffic;
    }

    /// From now on the flows that are established must go on.
    ///
    /// @param newCause what is about to happen
    /// @param newBoundNs the longest that their hosts may wait for an answer
    public void demand(String newCause, long newBoundNs) {
        cause = newCause;
        boundNs = newBoundNs;
        longestNs = 0;
        traffic.forgetWaits();
        demanded.clear();
        owners.clear();
        for (Conversation conversation : traffic.live()) {
            if (isSynchronised(conversation)) {
                demanded.add(conversation);
                owners.put(conversation, Owners.describe(world, conversation));
            }
        }
    }

    private boolean isSynchronised(Conversation conversation) {
        return conversation.isOpen()
                && world.queue().nowNs() - conversation.openedAtNs() >= SYNCHRONISED_NS
                && conversation.waitNs(world.queue().nowNs()) < boundNs;
    }

    /// How many flows it is demanded of.
    public int demanded() {
        return demanded.size();
    }

    /// The longest wait of these flows.
    public long longestNs() {
        return longestNs;
    }

    /// Checks that no established flow waited longer since it was opened, or since the last [#demand].
    public void requireUninterrupted(String during, long allowedNs) {
        for (Conversation conversation : traffic.live()) {
            long waitNs = conversation.isOpen()
                    ? conversation.longestWaitNs(world.queue().nowNs())
                    : 0;
            if (waitNs > allowedNs) {
                throw new Violation(
                        "flows-live",
                        conversation + " waited for " + waitNs / 1_000_000 + " ms during " + during + "; allowed are "
                                + allowedNs / 1_000_000);
            }
        }
    }

    /// Checks that they go on.
    public void check() {
        long nowNs = world.queue().nowNs();
        for (Conversation conversation : demanded) {
            long waitNs = conversation.longestWaitNs(nowNs);
            longestNs = Math.max(longestNs, waitNs);
            if (waitNs > boundNs || conversation.state() == Conversation.State.LOST) {
                throw new Violation(
                        "flows-live",
                        conversation + ", carried by " + owners.get(conversation) + " before, by "
                                + Owners.describe(world, conversation) + " now, waits for " + waitNs / 1_000_000
                                + " ms after " + cause + "; allowed are " + boundNs / 1_000_000);
            }
        }
        demanded.removeIf(Conversation::isEnded);
    }
}
