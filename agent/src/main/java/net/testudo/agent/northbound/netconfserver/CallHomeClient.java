package net.testudo.agent.northbound.netconfserver;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import net.testudo.agent.datastore.ContentTree;

/// A client that the serving master calls (RFC 8071).
///
/// @param name of the client
/// @param endpoints where it may be, in the operator's order
/// @param periodic when it is called; empty: the connection is held
/// @param startWith which endpoint is tried first when a connection is over
/// @param maxWait until an attempt counts as failed
/// @param maxAttempts at one endpoint, before the next is tried
public record CallHomeClient(
        String name,
        List<Endpoint> endpoints,
        Optional<Periodic> periodic,
        StartWith startWith,
        Duration maxWait,
        int maxAttempts) {
    /// The default port for SSH (RFC 8071).
    private static final String SSH_PORT = "4334";

    private static final String TLS_PORT = "4335";

    /// One address of the client.
    ///
    /// @param address IPv4, dotted
    /// @param tls empty: SSH
    public record Endpoint(String name, String address, int port, Optional<TlsParameters> tls) {}

    /// Calls at times.
    ///
    /// @param period from one to the next
    /// @param anchor a moment at which one is due; empty: when the configuration was taken
    /// @param idleTimeout after which a session is ended in which nothing is asked; zero: never
    public record Periodic(Duration period, Optional<Instant> anchor, Duration idleTimeout) {}

    /// Where to begin.
    public enum StartWith {
        /// At the first endpoint.
        FIRST_LISTED,
        /// At the one that was connected last.
        LAST_CONNECTED,
        /// At any.
        RANDOM_SELECTION
    }

    static CallHomeClient of(ContentTree client) {
        return new CallHomeClient(
                client.key(),
                client.child("endpoints").stream()
                        .flatMap(endpoints -> endpoints.entries("endpoint").stream())
                        .map(CallHomeClient::endpoint)
                        .toList(),
                client.child("connection-type", "periodic").map(CallHomeClient::periodic),
                client.child("reconnect-strategy")
                        .map(strategy -> strategy.leaf("start-with", ""))
                        .map(CallHomeClient::startWith)
                        .orElse(StartWith.FIRST_LISTED),
                Duration.ofSeconds(strategy(client, "max-wait", "5")),
                (int) strategy(client, "max-attempts", "3"));
    }

    private static Endpoint endpoint(ContentTree endpoint) {
        Optional<ContentTree> tls = endpoint.child("tls");
        ContentTree transport = tls.or(() -> endpoint.child("ssh")).orElse(endpoint);
        ContentTree tcp = transport.child("tcp-client-parameters").orElse(transport);
        return new Endpoint(
                endpoint.key(),
                tcp.leaf("remote-address", ""),
                Integer.parseInt(tcp.leaf("remote-port", tls.isPresent() ? TLS_PORT : SSH_PORT)),
                tls.map(TlsParameters::of));
    }

    private static Periodic periodic(ContentTree periodic) {
        String anchor = periodic.leaf("anchor-time", "");
        return new Periodic(
                Duration.ofMinutes(Math.max(1, Long.parseLong(periodic.leaf("period", "60")))),
                anchor.isEmpty()
                        ? Optional.empty()
                        : Optional.of(OffsetDateTime.parse(anchor).toInstant()),
                Duration.ofSeconds(Long.parseLong(periodic.leaf("idle-timeout", "180"))));
    }

    private static StartWith startWith(String text) {
        return switch (text) {
            case "last-connected" -> StartWith.LAST_CONNECTED;
            case "random-selection" -> StartWith.RANDOM_SELECTION;
            default -> StartWith.FIRST_LISTED;
        };
    }

    private static long strategy(ContentTree client, String leaf, String absent) {
        return Long.parseLong(client.child("reconnect-strategy")
                .map(strategy -> strategy.leaf(leaf, absent))
                .orElse(absent));
    }
}
