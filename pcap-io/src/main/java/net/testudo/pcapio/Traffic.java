package net.testudo.pcapio;

import java.util.List;
import net.testudo.element.net.MacAddress;

/// What a port is for; the kernel drops everything else before it costs anything.
public enum Traffic {
    /// Frames of the cluster protocol: clear discovery and sealed messages (design: EtherTypes of IEEE 802 local
    /// experiments and of 802.1AE).
    CLUSTER,
    /// All frames.
    DATA;

    /// The EtherTypes of its frames; none if it is all of them.
    List<Integer> etherTypes() {
        return switch (this) {
            case CLUSTER -> List.of(0x88b5, 0x88e5);
            case DATA -> List.of();
        };
    }

    /// What a port with this address takes, in pcap's language. Frames from that address are left out: else the kernel
    /// would copy each frame that the port sends into its own ring, and wake its reader to throw it away.
    String pcapFilterWithout(MacAddress own) {
        StringBuilder filter = new StringBuilder("not ether src ").append(own);
        String separator = " and (";
        for (int etherType : etherTypes()) {
            filter.append(separator).append("ether proto 0x").append(Integer.toHexString(etherType));
            separator = " or ";
        }
        return etherTypes().isEmpty() ? filter.toString() : filter.append(')').toString();
    }
}
