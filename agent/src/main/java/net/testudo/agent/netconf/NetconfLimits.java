package net.testudo.agent.netconf;

import java.time.Duration;

/// What one client, or all together, may take.
///
/// @param sessions at the same time, over all addresses, of clients that said hello
/// @param connections at the same time that are not logged in yet, and as many that have not said hello; of more, the
///     oldest of who has most goes
/// @param messageOctets of one message
/// @param depth of nested elements in one message
/// @param queuedMessages of a session that wait to be worked on
/// @param queuedNotifications to a session that wait to be read; more than the event log has records
/// @param loginTime from connection to log-in
/// @param failedLogins of one address within [#failureWindow], after which it is refused without a look
/// @param failureWindow see there
public record NetconfLimits(
        int sessions,
        int connections,
        int messageOctets,
        int depth,
        int queuedMessages,
        int queuedNotifications,
        Duration loginTime,
        int failedLogins,
        Duration failureWindow) {
    /// For one operator's tools and a monitoring system.
    public static final NetconfLimits DEFAULT =
            new NetconfLimits(32, 16, 4 << 20, 100, 32, 1024, Duration.ofSeconds(30), 10, Duration.ofMinutes(1));
}
