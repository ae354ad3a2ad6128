/// Element and agent as two processes: the messages between them on a Unix socket, and both its ends.
///
/// ```
///  element process                                     agent process
///  QueuedManagementPort <-> ManagementServer ==socket== ManagementClient <-> NETCONF, SNMP
/// ```
@NullMarked
package net.testudo.agent.management;

import org.jspecify.annotations.NullMarked;
