/// The duty cycle and the ports through which the element meets the world.
///
/// ```
///              +-------------------------------+
///  PacketPort >|                               |> PacketPort    frames
///  StateStore >|  Engine.doWork(nowNs)         |> StateStore    durable state
///  Management >|   poll, step, execute effects |> Management    answers, events, snapshots
///     Port     +-------------------------------+     Port
/// ```
///
/// Time is the argument `nowNs` (monotonic); randomness comes from the [EntropySource] given at construction.
package net.testudo.element.engine;
