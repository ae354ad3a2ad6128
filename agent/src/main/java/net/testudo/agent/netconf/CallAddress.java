package net.testudo.agent.netconf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Host;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IetfInetUtil;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.PortNumber;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.server.rev240814.netconf.server.callhome.stack.grouping.transport.ssh.ssh.TcpClientParametersBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.tcp.client.rev241010.TcpClientGrouping;
import org.opendaylight.yangtools.yang.common.Uint16;

/// A client that is called, in the form OpenDaylight's transports take.
final class CallAddress {
    private CallAddress() {}

    static TcpClientGrouping of(InetAddress from, InetSocketAddress client) {
        return new TcpClientParametersBuilder()
                .setRemoteAddress(new Host(IetfInetUtil.ipAddressFor(client.getAddress())))
                .setRemotePort(new PortNumber(Uint16.valueOf(client.getPort())))
                .setLocalAddress(IetfInetUtil.ipAddressFor(from))
                .setLocalPort(new PortNumber(Uint16.ZERO))
                .setKeepalives(ListenAddress.KEEPALIVES)
                .build();
    }

    /// Why there is no connection, for people.
    static String reason(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }
}
