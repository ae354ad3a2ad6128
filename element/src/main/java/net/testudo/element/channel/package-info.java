/// The secure cluster channel: octets in, octets out. It knows devices, sessions and keys, but no cluster messages.
///
/// ```
///  messages    ReliableStream   order, retransmission, fragments: one for CONTROL and one for BULK per peer
///                    |
///  segments          v
///              FrameSealer      AES-256-GCM, one transmit key per sender
///                    |
///  frames            v
///              FrameOpener      finds the sender's key, checks tag and replay window, per path
/// ```
///
/// Everything here is pure: time is an argument, randomness comes from
/// [net.testudo.element.engine.EntropySource], and what arrives malformed is a counted value, never an exception.
package net.testudo.element.channel;
