package net.testudo.agent.netconf;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.northbound.netconfserver.NetconfServerConfig;
import net.testudo.agent.northbound.netconfserver.TlsParameters;
import net.testudo.agent.transport.TlsServer;
import net.testudo.element.management.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is configured of transports, with keys and certificates ready for use.
///
/// @param config as configured
/// @param servers for each use of TLS whose certificates can be used
record TlsOffers(NetconfServerConfig config, Map<TlsParameters, TlsServer> servers) {
    /// Without any configuration.
    static final TlsOffers NONE = new TlsOffers(NetconfServerConfig.NONE, Map.of());

    private static final Logger LOG = LoggerFactory.getLogger(TlsOffers.class);

    static TlsOffers of(Content content) throws CanonicalFormException {
        NetconfServerConfig config = NetconfServerConfig.of(content);
        Map<TlsParameters, TlsServer> servers = new HashMap<>();
        config.tls().forEach(tls -> {
            try {
                servers.put(tls, new TlsServer(tls));
            } catch (GeneralSecurityException e) {
                LOG.error("{} cannot be used: {}", tls.path(), e.getMessage());
            }
        });
        return new TlsOffers(config, servers);
    }

    /// What the endpoint of this name offers.
    Optional<TlsTransport.Offer> endpoint(String name) {
        return config.endpoints().stream()
                .filter(endpoint -> endpoint.name().equals(name))
                .flatMap(endpoint -> Stream.ofNullable(servers.get(endpoint.tls())))
                .map(server -> new TlsTransport.Offer(server, SessionTransport.tls(config.idleTimeout())))
                .findFirst();
    }

    /// The server's side of TLS with these parameters.
    Optional<TlsServer> server(TlsParameters parameters) {
        return Optional.ofNullable(servers.get(parameters));
    }
}
