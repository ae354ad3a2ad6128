package net.testudo.agent.netconf;

import java.time.Duration;

/// How the messages of a session travel.
///
/// @param identity of ietf-netconf-monitoring
/// @param idleTimeout after which the session ends if nothing is asked and nothing is subscribed to; zero: never
record SessionTransport(String identity, Duration idleTimeout) {
    static SessionTransport ssh(Duration idleTimeout) {
        return new SessionTransport("netconf-ssh", idleTimeout);
    }

    static SessionTransport tls(Duration idleTimeout) {
        return new SessionTransport("netconf-tls", idleTimeout);
    }
}
