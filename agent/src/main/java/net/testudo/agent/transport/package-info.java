/// Connections of management: who a certificate is, what TLS shows and believes, and when a client is called. Nothing
/// here knows
/// of NETCONF.
@NullMarked
package net.testudo.agent.transport;

import org.jspecify.annotations.NullMarked;
