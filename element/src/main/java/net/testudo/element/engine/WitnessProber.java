package net.testudo.element.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.port.DataPort;
import net.testudo.element.port.PacketPort;
import net.testudo.element.wire.ArpFlyweight;
import net.testudo.element.wire.ArpFrames;
import net.testudo.element.wire.EtherType;
import net.testudo.element.wire.EthernetFlyweight;
import net.testudo.element.wire.WireFault;
import org.jspecify.annotations.Nullable;

/// Asks the witnesses by ARP probe (sender 0.0.0.0, the port's own MAC) whether they are there.
///
/// A reply does not say which probe it answers: it counts for the oldest one that is not answered, so that a lease
/// counted from it is never too long.
final class WitnessProber {
    private static final int OUTSTANDING_MAX = 8;

    private final List<DataPort> ports;
    private final long forgetNs;
    private final byte[] frame = new byte[ArpFrames.LENGTH];
    private final MemorySegment segment = MemorySegment.ofArray(frame);
    private final EthernetFlyweight ethernet = new EthernetFlyweight();
    private final ArpFlyweight arp = new ArpFlyweight();
    private final Map<Ipv4Address, ArrayDeque<Long>> outstanding = new TreeMap<>();

    /// Takes an answer.
    interface AnswerSink {
        void onAnswer(Ipv4Address witness, long sentNs);
    }

    WitnessProber(List<DataPort> ports, long forgetNs) {
        this.ports = List.copyOf(ports);
        this.forgetNs = forgetNs;
    }

    /// Probes all `witnesses` on the networks on which they are configured.
    void probe(ClusterConfig config, List<Ipv4Address> witnesses, long nowNs) {
        for (ClusterConfig.DataNetwork network : config.networks()) {
            PacketPort port = port(network.name());
            for (Ipv4Address witness : network.witnesses()) {
                if (port != null && witnesses.contains(witness)) {
                    ArpFrames.probe(segment, 0, port.mac().bits(), witness.bits());
                    port.send(segment, 0, frame.length);
                    note(witness, nowNs);
                }
            }
        }
    }

    private @Nullable PacketPort port(String network) {
        for (DataPort port : ports) {
            if (port.network().equals(network)) {
                return port.port();
            }
        }
        return null;
    }

    private void note(Ipv4Address witness, long nowNs) {
        ArrayDeque<Long> sent = outstanding.computeIfAbsent(witness, _ -> new ArrayDeque<>());
        while (!sent.isEmpty() && (nowNs - sent.peek() > forgetNs || sent.size() >= OUTSTANDING_MAX)) {
            sent.remove();
        }
        sent.add(nowNs);
    }

    /// Looks at a frame of a data port; a witness's reply to this port is reported.
    ///
    /// @return whether it was one
    boolean onFrame(PacketPort port, MemorySegment buffer, long offset, int length, AnswerSink sink) {
        if (outstanding.isEmpty()
                || ethernet.wrap(buffer, offset, length) != WireFault.OK
                || ethernet.etherType() != EtherType.ARP
                || ethernet.destination() != port.mac().bits()
                || arp.wrap(buffer, ethernet.payloadOffset(), ethernet.payloadLength()) != WireFault.OK
                || arp.isRequest()) {
            return false;
        }
        Ipv4Address sender = new Ipv4Address(arp.senderAddress());
        ArrayDeque<Long> sent = outstanding.get(sender);
        if (sent == null || sent.isEmpty()) {
            return false;
        }
        sink.onAnswer(sender, sent.remove());
        return true;
    }
}
