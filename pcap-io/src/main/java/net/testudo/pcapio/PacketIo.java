package net.testudo.pcapio;

import net.testudo.element.port.PacketPort;

/// By what the ports of a device carry their frames.
public enum PacketIo {
    /// [RingPort]: packet sockets of Linux.
    RING {
        @Override
        public PacketPort open(String name, Traffic traffic, LinkWatch links, PortWait wait)
                throws PortUnavailableException {
            return RingPort.open(name, traffic, links, wait);
        }
    },
    /// [PcapPort]: libpcap.
    PCAP {
        @Override
        public PacketPort open(String name, Traffic traffic, LinkWatch links, PortWait wait)
                throws PortUnavailableException {
            return PcapPort.open(name, traffic, links, wait::wakeUp);
        }
    };

    /// Opens a port.
    ///
    /// @param name the system's name of the interface
    /// @param links watches its carrier
    /// @param wait where the thread waits that will use the port
    /// @throws PortUnavailableException if there is no such port or the right to open it is missing
    public abstract PacketPort open(String name, Traffic traffic, LinkWatch links, PortWait wait)
            throws PortUnavailableException;
}
