package net.testudo.agent.netconf;

import java.time.Duration;

/// What one client, or all together, may take.
///
/// @param sessions at the same time, over all addresses, of clients that said hello
/// @param connections at the same time that are not logged in yet, and as many that have not said hello; of more, the
///     oldest of who has most goes
/// @param messageOctets of one message
/// @param octetsAtWork of all messages together that arrive or wait to be worked on
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
        int octetsAtWork,
        int depth,
        int queuedMessages,
        int queuedNotifications,
        Duration loginTime,
        int failedLogins,
        Duration failureWindow) {
    /// For orchestrators with a session for each of their tasks, beside operators and monitoring systems.
    public static final NetconfLimits DEFAULT = new NetconfLimits(
            256, 64, 4 << 20, 8 << 20, 100, 32, 1024, Duration.ofSeconds(30), 10, Duration.ofMinutes(1));
}
