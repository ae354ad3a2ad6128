/// The duty cycle of one device: polls the ports, steps the state machines, executes their effects.
///
/// ```
///              +-------------------------------+
///  PacketPort >|                               |> PacketPort    frames
///  StateStore >|  Engine.doWork(nowNs)         |> StateStore    durable state
///  Management >|   poll, step, execute effects |> Management    answers, events, snapshots
///     Port     +-------------------------------+     Port
/// ```
///
/// Time is the argument `nowNs` (monotonic); randomness comes from the [net.testudo.element.port.EntropySource]
/// given at construction.
package net.testudo.element.engine;
