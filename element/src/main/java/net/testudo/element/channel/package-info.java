/// The secure cluster channel: octets in, octets out. It knows devices, sessions and keys, but no cluster messages.
///
/// ```
///  messages    ReliableStream   order, retransmission, fragments: one for CONTROL and one for BULK per peer
///                    |
///  segments          v
///              FrameSealer      802.1AE, one transmit key per sender         PairSession: the same between two
///                    |                                                       devices of which one is joining
///  frames            v
///              FrameOpener      finds the sender's key, checks tag and replay window, per path
///                    ^
///  keys              |
///              Association      members, by the association key      JoinInitiator  master    by the device's
///                                                                    JoinResponder  device    join key
///              KeyChange        the next transmit key, by CONTROL
/// ```
///
/// The handshake behind both (clear frames, X25519, HKDF-SHA256 over a transcript):
///
/// ```
///  initiator                                                    responder
///     | HELLO     names, boot ids, public value, proof of secret --> |   checks the proof, then agrees
///     | <-- RESPONSE  public value, sealed payload (proves secret)   |
///     | FINISH    sealed payload (proves secret)                 --> |   done
///     | <-- DONE      tag                                            |
///   done
/// ```
///
/// The initiator repeats HELLO and FINISH until they are answered, for five seconds; the responder repeats nothing
/// by itself. What is not proved changes no state: a forged refusal or response only names the reason that is
/// reported when time is over. Against floods: a HELLO costs one HMAC until its proof is right, names the boot id
/// it is for, and its attempt number only ascends, so that captured ones are worthless in another life of the
/// responder and displace nothing in this one; key agreements and refusals are rate-limited, handshakes half done
/// are bounded and forgotten after five seconds, and no answer is much longer than its question. Who can flood the
/// cluster link can delay handshakes; associations that stand are not touched by that.
///
/// Everything here is pure: time is an argument, randomness comes from
/// [net.testudo.element.port.EntropySource], and what arrives malformed is a counted value, never an exception.
package net.testudo.element.channel;
