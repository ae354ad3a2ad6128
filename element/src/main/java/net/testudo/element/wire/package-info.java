/// Octets of the network's own formats, read and written in place.
///
/// ```
///  FrameFlyweight                        one received frame, all layers
///   +- EthernetFlyweight  IEEE 802.3     +- VlanFlyweight  IEEE 802.1Q
///   +- ArpFlyweight       RFC 826, 5227
///   +- Ipv4Flyweight      RFC 791        +- UdpFlyweight   RFC 768
///                                        +- TcpFlyweight   RFC 9293
///                                        +- IcmpFlyweight  RFC 792 -- QuoteFlyweight (what an error is about)
///  ArpFrames, IcmpFrames                 frames that the element sends itself
/// ```
///
/// A flyweight is a reusable view of `(buffer, offset, length)`. `wrap` checks the octets once and answers a
/// [net.testudo.element.wire.WireFault]; after `OK` no accessor fails, and nothing is allocated. Before the first
/// `OK` a flyweight must not be read.
package net.testudo.element.wire;
