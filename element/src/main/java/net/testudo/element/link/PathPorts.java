package net.testudo.element.link;

import java.util.List;
import net.testudo.element.port.PacketPort;

/// The ports in the order of their path numbers: the cluster port, then the data ports.
public record PathPorts(List<PacketPort> ports) {
    public PathPorts {
        ports = List.copyOf(ports);
    }
}
