package net.testudo.element.forwarding;

import java.lang.foreign.MemorySegment;
import net.testudo.element.flow.ServingView;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.ArpFlyweight;
import net.testudo.element.wire.ArpFrames;
import net.testudo.element.wire.FrameFlyweight;

/// ARP for the cluster addresses: answers, announcements, requests. All of it only while this device serves as master,
/// and all of it from the virtual MAC address, so that hosts and bridges never learn another.
final class ArpPath {
    private static final long BURST_NS = 100_000_000L;
    private static final int BURST_COUNT = 3;
    /// Well below the ageing time of bridges (IEEE 802.1Q §8.8.3: 300 s by default).
    private static final long REFRESH_NS = 10_000_000_000L;

    private final ServingView view;
    private final FrameOut out;
    private final ForwardingCounters counters;
    private final ArpReplies replies;
    private final MemorySegment scratch = MemorySegment.ofArray(new byte[ArpFrames.LENGTH]);
    private boolean announced;
    private long announcedEpoch;
    private long nextNs;
    private int burst;
    /// Members that were given up.
    private DeviceSet away = DeviceSet.NONE;

    ArpPath(ServingView view, FrameOut out, ForwardingCounters counters, ArpReplies replies) {
        this.view = view;
        this.out = out;
        this.counters = counters;
        this.replies = replies;
    }

    /// A received ARP packet.
    void onArp(NetworkPlan plan, int network, FrameFlyweight frame, NeighbourTable neighbours, long nowNs) {
        ArpFlyweight arp = frame.arp();
        if (!arp.isRequest()) {
            replies.onArpReply(network, arp.senderAddress(), arp.targetMac(), nowNs);
        }
        if (arp.senderAddress() != 0 && arp.senderAddress() != plan.address(network)) {
            neighbours.learn(network, arp.senderAddress(), arp.senderMac(), nowNs);
        }
        if (arp.isRequest()
                && arp.targetAddress() == plan.address(network)
                && arp.senderAddress() != plan.address(network)) {
            int length = ArpFrames.reply(scratch, 0, arp, plan.mac(network), plan.address(network));
            send(network, length, nowNs);
        }
    }

    /// Asks for a next hop.
    void ask(NetworkPlan plan, int network, int address, long nowNs) {
        send(network, ArpFrames.request(scratch, 0, plan.mac(network), plan.address(network), address), nowNs);
    }

    /// Announces the cluster addresses after a takeover, and when members are back that were given up: bridges and
    /// hosts
    /// that were separated from this master may know another one. Then it refreshes what bridges know.
    void doWork(NetworkPlan plan, long nowNs) {
        DeviceSet gone = view.released().and(view.members());
        boolean back = !away.minus(gone).and(view.members()).isEmpty();
        away = gone;
        if (!view.masterServing(nowNs)) {
            announced = false;
            return;
        }
        if (!announced || back || announcedEpoch != view.epoch()) {
            announced = true;
            announcedEpoch = view.epoch();
            burst = BURST_COUNT;
            nextNs = nowNs;
        }
        if (nowNs - nextNs >= 0) {
            burst = Math.max(0, burst - 1);
            nextNs = nowNs + (burst > 0 ? BURST_NS : REFRESH_NS);
            for (int network = 0; network < plan.networks(); network++) {
                announce(plan, network, nowNs);
            }
        }
    }

    private void announce(NetworkPlan plan, int network, long nowNs) {
        send(network, ArpFrames.announcement(scratch, 0, plan.mac(network), plan.address(network)), nowNs);
        send(network, ArpFrames.announcementReply(scratch, 0, plan.mac(network), plan.address(network)), nowNs);
    }

    private void send(int network, int length, long nowNs) {
        if (!view.masterServing(nowNs)) {
            counters.drop(DropReason.NOT_SERVING);
        } else if (!out.send(network, scratch, 0, length)) {
            counters.drop(DropReason.PORT);
        }
    }
}
