/// Packet I/O behind the element's ports. pcap4j and native calls appear nowhere else.
///
/// ```
///   network --> libpcap ring --> reader thread --> FrameQueue --> poll(): duty cycle --> send() --> network
///   kernel  --> TAP queue    --> reader thread --> FrameQueue --> poll(): duty cycle --> send() --> kernel
/// ```
@NullMarked
package net.testudo.pcapio;

import org.jspecify.annotations.NullMarked;
