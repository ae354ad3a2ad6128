package net.testudo.agent.snmp;

import java.net.DatagramSocket;
import java.net.SocketException;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/// The engine's UDP socket. Once closed it stays closed: the stock mapping opens a new socket, at the same port of all
/// addresses, for a notification or response that was on its way to it, and nobody would ever close that one.
final class SnmpListener extends DefaultUdpTransportMapping {
    /// @throws SocketException if the address cannot be bound
    SnmpListener(UdpAddress address) throws SocketException {
        super(address, false);
    }

    @Override
    protected synchronized DatagramSocket ensureSocket() throws SocketException {
        DatagramSocket open = socket;
        if (open == null) {
            throw new SocketException("the listener is closed");
        }
        return open;
    }

    /// The listening thread calls this when it finds the socket closed before it began, and must not die of it.
    @Override
    public void setSocketTimeout(int socketTimeout) {
        DatagramSocket open = socket;
        if (open != null && !open.isClosed()) {
            super.setSocketTimeout(socketTimeout);
        }
    }
}
