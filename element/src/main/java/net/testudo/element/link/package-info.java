/// The cluster port and the sealed paths over the data ports: framing, sealing, sessions, streams.
///
/// ```
///  destination MAC | source MAC | 88B5 | type | body
///                                        1 DISCOVERY   clear
///                                        2 HANDSHAKE   clear, proves itself
///  destination MAC | source MAC | 88E5 | sealed: receiver (0: all), then the message
/// ```
///
/// Path 0 is the cluster port, path 1 + n the data network with index n. A message to one device takes the cluster
/// port while the device is heard there, else the first data path on which it is heard, else all of them.
package net.testudo.element.link;
