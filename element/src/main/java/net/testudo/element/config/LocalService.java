package net.testudo.element.config;

import java.util.Optional;
import net.testudo.element.net.Protocol;

/// A service of the element itself at a cluster address, with its protocol and port (IANA).
public enum LocalService {
    /// NETCONF over SSH (RFC 6242).
    NETCONF("netconf", Protocol.TCP, 830),
    /// NETCONF over TLS (RFC 7589).
    NETCONF_TLS("netconf-tls", Protocol.TCP, 6513),
    /// SNMP (RFC 3417).
    SNMP("snmp", Protocol.UDP, 161),
    /// Answers to echo requests (RFC 792).
    ICMP("icmp", Protocol.ICMP, 0);

    private final String text;
    private final int protocol;
    private final int port;

    LocalService(String text, int protocol, int port) {
        this.text = text;
        this.protocol = protocol;
        this.port = port;
    }

    /// As written in the configuration.
    public String text() {
        return text;
    }

    /// Number of the protocol.
    public int protocol() {
        return protocol;
    }

    /// Destination port of requests, 0 if the protocol has none.
    public int port() {
        return port;
    }

    /// The service written as `text`.
    public static Optional<LocalService> parse(String text) {
        for (LocalService service : values()) {
            if (service.text.equals(text)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }
}
