/// NETCONF over SSH (RFC 6241, RFC 6242, RFC 6022) on OpenDaylight's transport, framing and session classes.
///
/// ```
///  TCP -> sshd (shaded) -> SSHTransportStack -> MessageLimit -> framing -> XML -> NetconfSession
///          Login: who                                                                |  own queue, own thread
///          HostKeys: which key                                                       v
///                                                         Operations -> Datastores -> ElementClient
/// ```
///
/// A session's user is the one that SSH authenticated, never what a client says in its hello. Operations run on a
/// virtual thread per session, in order, so that a commit does not hold up the event loop. OpenDaylight's API does not
/// leave this package and `agent.datastore`.
@NullMarked
package net.testudo.agent.netconf;

import org.jspecify.annotations.NullMarked;
