package net.testudo.agent.northbound.netconfserver;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.ContentTree;
import net.testudo.element.management.Content;

/// What `/ietf-netconf-server:netconf-server` of a decided configuration says.
///
/// @param idleTimeout after which a session over TLS is ended in which nothing is asked; zero: never
/// @param endpoints at which NETCONF over TLS is served
/// @param clients that are called
public record NetconfServerConfig(Duration idleTimeout, List<Endpoint> endpoints, List<CallHomeClient> clients) {
    /// Without any configuration.
    public static final NetconfServerConfig NONE = new NetconfServerConfig(Duration.ZERO, List.of(), List.of());

    /// The name of the module.
    public static final String MODULE = "ietf-netconf-server";

    private static final String IDLE_TIMEOUT_S = "180";

    /// Where NETCONF over TLS is served.
    ///
    /// @param addresses the cluster's, or 0.0.0.0 for that and each device's own
    public record Endpoint(String name, List<String> addresses, TlsParameters tls) {}

    /// Reads it.
    ///
    /// @throws CanonicalFormException if the text is not in canonical form
    public static NetconfServerConfig of(Content content) throws CanonicalFormException {
        ContentTree module = ContentTree.of(content, MODULE);
        return new NetconfServerConfig(
                Duration.ofSeconds(Long.parseLong(module.child("netconf-server", "listen")
                        .map(listen -> listen.leaf("idle-timeout", IDLE_TIMEOUT_S))
                        .orElse(IDLE_TIMEOUT_S))),
                module.child("netconf-server", "listen", "endpoints").stream()
                        .flatMap(endpoints -> endpoints.entries("endpoint").stream())
                        .flatMap(NetconfServerConfig::endpoint)
                        .toList(),
                module.child("netconf-server", "call-home").stream()
                        .flatMap(home -> home.entries("netconf-client").stream())
                        .map(CallHomeClient::of)
                        .toList());
    }

    private static Stream<Endpoint> endpoint(ContentTree endpoint) {
        return endpoint.child("tls").stream()
                .map(tls -> new Endpoint(
                        endpoint.key(),
                        tls.child("tcp-server-parameters").stream()
                                .flatMap(tcp -> tcp.entries("local-bind").stream())
                                .map(ContentTree::key)
                                .toList(),
                        TlsParameters.of(tls)));
    }

    /// All uses of TLS.
    public Stream<TlsParameters> tls() {
        return Stream.concat(
                endpoints.stream().map(Endpoint::tls),
                clients.stream()
                        .flatMap(client -> client.endpoints().stream())
                        .flatMap(endpoint -> endpoint.tls().stream()));
    }
}
