package net.testudo.agent.netconf;

import java.net.InetSocketAddress;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IetfInetUtil;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.PortNumber;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.server.rev240814.netconf.server.listen.stack.grouping.transport.ssh.ssh.TcpServerParametersBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.tcp.common.rev241010.tcp.common.grouping.Keepalives;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.tcp.common.rev241010.tcp.common.grouping.KeepalivesBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.tcp.server.rev241010.TcpServerGrouping;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.tcp.server.rev241010.tcp.server.grouping.LocalBindBuilder;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint16;

/// A listening address in the form OpenDaylight's transports take.
final class ListenAddress {
    /// A client that lost its power or its network says no farewell, and its session would keep its locks: it is asked
    /// after so many seconds of silence, and gone 15 seconds later.
    private static final Uint16 ASKED_AFTER_S = Uint16.valueOf(15);

    private static final Uint16 PROBES = Uint16.valueOf(3);
    private static final Uint16 PROBE_INTERVAL_S = Uint16.valueOf(5);

    /// For both directions.
    static final Keepalives KEEPALIVES = new KeepalivesBuilder()
            .setIdleTime(ASKED_AFTER_S)
            .setMaxProbes(PROBES)
            .setProbeInterval(PROBE_INTERVAL_S)
            .build();

    private ListenAddress() {}

    static TcpServerGrouping of(InetSocketAddress address) {
        return new TcpServerParametersBuilder()
                .setLocalBind(BindingMap.of(new LocalBindBuilder()
                        .setLocalAddress(IetfInetUtil.ipAddressFor(address.getAddress()))
                        .setLocalPort(new PortNumber(Uint16.valueOf(address.getPort())))
                        .build()))
                .setKeepalives(KEEPALIVES)
                .build();
    }
}
