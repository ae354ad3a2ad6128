package net.testudo.agent.assembly;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import net.testudo.pcapio.PortUnavailableException;

/// This device's own management address: the first of its management port.
final class ManagementAddress {
    private ManagementAddress() {}

    /// @param port name of the management port
    /// @throws IOException if there is no such port, or it has no address: one line that says what to do
    static InetAddress of(String port) throws IOException {
        NetworkInterface found = NetworkInterface.getByName(port);
        if (found == null) {
            throw new PortUnavailableException(
                    "port " + port + " does not exist: check its name with `ip link`, or create it");
        }
        return found.getInterfaceAddresses().stream()
                .map(InterfaceAddress::getAddress)
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new PortUnavailableException("port " + port
                        + " has no IPv4 address to manage this device at: give it one with `ip address add"
                        + " ADDRESS/LENGTH dev " + port + "`"));
    }
}
