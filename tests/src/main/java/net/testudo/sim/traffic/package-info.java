/// What the hosts of a simulated world send each other through the cluster: numbered messages, each answered by the
/// other side, in TCP conversations, UDP datagrams and ICMP echoes.
///
/// ```
///  Conversation                    cluster                      Answerer
///    | message n, tag (flow, n) --->| who owns the flow? --------->|
///    |                              | which address and port?      |
///    |<-----------------------------|<--- answer n, tag (flow, n) --|
/// ```
///
/// Each frame carries a tag that the cluster does not look at, so that an observer knows a frame again wherever it
/// appears and however it was translated.
@NullMarked
package net.testudo.sim.traffic;

import org.jspecify.annotations.NullMarked;
