package net.testudo.sim.world;

import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.MacAddress;

/// A host on a data network. It answers ARP for its address, and so serves as witness.
public final class SimHost implements Attachment {
    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    private final SimNetwork network;
    private final Frames.Holder self;
    private final int attachment;

    SimHost(SimNetwork network, MacAddress mac, Ipv4Address address) {
        this.network = network;
        this.self = new Frames.Holder(mac.bits(), address.bits());
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

    @Override
    public void deliver(byte[] frame) {
        if (Frames.isArp(frame) && Frames.arpOperation(frame) == REQUEST && Frames.arpTarget(frame) == self.address()) {
            Frames.Holder asker = new Frames.Holder(Frames.senderMac(frame), Frames.arpSender(frame));
            network.transmit(attachment, Frames.arp(REPLY, asker.mac(), self, asker));
        }
    }
}
