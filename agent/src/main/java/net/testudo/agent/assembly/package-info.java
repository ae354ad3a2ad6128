/// Assembly of one device: ports, store, engine, threads, servers; and their end.
///
/// ```
///  thread        does                                              talks to the duty cycle by
///  duty-cycle    Engine.doWork: all decisions, all sending         -
///  port-NAME     receives frames, one thread a port (real time)    FrameQueue + wake-up
///  link-watch    carrier, MTU                                      volatile state + wake-up
///  state-writer  fsync                                             bounded hand-over + wake-up
///  element-client delivers answers, events, snapshots              bounded queues + wake-up
///  local-address address of the TAP, servers that follow it        -
/// ```
@NullMarked
package net.testudo.agent.assembly;

import org.jspecify.annotations.NullMarked;
