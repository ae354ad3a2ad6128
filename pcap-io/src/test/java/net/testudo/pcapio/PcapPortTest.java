package net.testudo.pcapio;

import net.testudo.element.port.PacketPort;

/// [PcapPort] on one end of a veth pair.
class PcapPortTest extends VethPortContract {
    @Override
    PacketPort openPort(String name, Traffic traffic, LinkWatch links, Runnable wakeUp)
            throws PortUnavailableException {
        return PcapPort.open(name, traffic, links, wakeUp);
    }
}
