/// The secure cluster channel: octets in, octets out. It knows devices, sessions and keys, but no cluster messages.
///
/// ```
///  messages   ReliableStream   order, retransmission, fragments: one for CONTROL and one for BULK per peer
///                   |
///  segments         v
/// ```
///
/// Everything here is pure: time is an argument, randomness comes from
/// [net.testudo.element.engine.EntropySource], and what arrives malformed is a counted value, never an exception.
package net.testudo.element.channel;
