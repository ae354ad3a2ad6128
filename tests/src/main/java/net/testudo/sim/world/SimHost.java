package net.testudo.sim.world;

import java.util.function.Consumer;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.MacAddress;

/// A host on a data network. It answers ARP for its address, and so serves as witness; what it sends beyond its
/// network goes to the cluster, whose MAC address it learns by ARP.
public final class SimHost implements Attachment {
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final long BROADCAST = 0xffff_ffff_ffffL;
    private static final long ASK_AGAIN_NS = 100_000_000L;
    /// A host that hears nothing doubts what it knows (RFC 1122 §2.3.2.1).
    private static final long DOUBT_NS = 1_000_000_000L;

    private final SimNetwork network;
    private final EventQueue queue;
    private final Frames.Holder self;
    private final int gateway;
    private final int attachment;
    private Consumer<byte[]> receiver = _ -> {};
    private long gatewayMac;
    private long askedAtNs = -ASK_AGAIN_NS;
    private long heardAtNs;

    SimHost(SimNetwork network, EventQueue queue, MacAddress mac, Ipv4Address address, Ipv4Address gateway) {
        this.network = network;
        this.queue = queue;
        this.self = new Frames.Holder(mac.bits(), address.bits());
        this.gateway = gateway.bits();
        this.attachment = network.attach(this);
    }

    /// Its number on its network.
    public int attachment() {
        return attachment;
    }

    /// The network it is plugged into.
    public SimNetwork network() {
        return network;
    }

    /// Its IPv4 address.
    public int address() {
        return self.address();
    }

    /// Its MAC address, 48 bits.
    public long mac() {
        return self.mac();
    }

    /// The cluster's address on its network.
    public int gateway() {
        return gateway;
    }

    /// Sets who takes the IPv4 packets for it, as frames that must not be changed.
    public void receiver(Consumer<byte[]> newReceiver) {
        receiver = newReceiver;
    }

    /// The cluster's MAC address on its network, or 0; it asks if it does not know, or doubts.
    public long gatewayMac() {
        long nowNs = queue.nowNs();
        boolean doubts = gatewayMac == 0 || nowNs - heardAtNs > DOUBT_NS;
        if (doubts && nowNs - askedAtNs >= ASK_AGAIN_NS) {
            askedAtNs = nowNs;
            network.transmit(attachment, Frames.arp(REQUEST, BROADCAST, self, new Frames.Holder(0, gateway)));
        }
        return gatewayMac;
    }

    /// Sends a frame; the array must not change any more.
    public void transmit(byte[] frame) {
        network.transmit(attachment, frame);
    }

    @Override
    public void deliver(byte[] frame) {
        if (Frames.isArp(frame)) {
            onArp(frame);
        } else if (Frames.etherType(frame) == Frames.IPV4 && Frames.destination(frame) == self.mac()) {
            heardAtNs = queue.nowNs();
            receiver.accept(frame);
        }
    }

    private void onArp(byte[] frame) {
        if (Frames.arpSender(frame) == gateway) {
            gatewayMac = Frames.senderMac(frame);
            heardAtNs = queue.nowNs();
        }
        if (Frames.arpOperation(frame) == REQUEST && Frames.arpTarget(frame) == self.address()) {
            Frames.Holder asker = new Frames.Holder(Frames.senderMac(frame), Frames.arpSender(frame));
            network.transmit(attachment, Frames.arp(REPLY, asker.mac(), self, asker));
        }
    }
}
