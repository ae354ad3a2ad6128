/// Traffic of the lab's hosts, and what they notice of a failover.
///
/// Each host is one process ([net.testudo.lab.traffic.TrafficMain]) in its namespace, led by lines on its standard
/// input:
///
/// ```
///   lab                     host                            other host
///    | -- udp-probe p ... --> | == datagram, each 1 ms =====>  | UdpEcho: counts changes of the source
///    | <-- ok --------------- | <======= echo ================ |
///    | -- udp-result p -----> |
///    | <-- ok gap-ns=... ---- |  longest gap between two echoes
/// ```
@NullMarked
package net.testudo.lab.traffic;

import org.jspecify.annotations.NullMarked;
