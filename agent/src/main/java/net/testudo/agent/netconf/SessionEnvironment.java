package net.testudo.agent.netconf;

import java.util.concurrent.Executor;

/// What a session needs of its server.
///
/// @param user the authenticated user
/// @param bootstrap whether that is the user with the keys that the device was started with
/// @param transport identity of ietf-netconf-monitoring
/// @param operations does the work
/// @param executor runs it, off the event loop
/// @param arriving counts the octets of its messages
/// @param queuedMessages how many messages may wait
/// @param queuedNotifications how many notifications may wait to be read
record SessionEnvironment(
        String user,
        boolean bootstrap,
        String transport,
        Operations operations,
        Executor executor,
        MessageLimit arriving,
        int queuedMessages,
        int queuedNotifications) {}
