package net.testudo.agent.snmp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketException;
import org.snmp4j.TransportStateReference;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/// The engine's UDP socket. Once closed it stays closed, and its port is free: the stock mapping opens a new socket, at
/// the same port of all addresses, for a notification or response that was on its way to it, and nobody would ever
/// close that one.
final class SnmpListener extends DefaultUdpTransportMapping {
    private boolean closed;

    /// @throws SocketException if the address cannot be bound
    SnmpListener(UdpAddress address) throws SocketException {
        super(address, false);
    }

    @Override
    public synchronized void sendMessage(
            UdpAddress target, byte[] message, TransportStateReference reference, long timeoutMs, int retries)
            throws IOException {
        if (closed) {
            throw new SocketException("the listener is closed");
        }
        super.sendMessage(target, message, reference, timeoutMs, retries);
    }

    @Override
    public void close() throws IOException {
        // A socket that is closed in the middle of a send keeps its port until the send is over.
        synchronized (this) {
            closed = true;
        }
        super.close();
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
