/// A drawn course of faults in a row, with traffic and commits running, and what must hold meanwhile.
///
/// ```
///   seed --> FaultCourse: steps of one or two faults (kind, device, moment, length), drawn before anything starts
///              |
///   FaultRun --+--> FaultInjector        strikes and heals; then the run waits until all is in order again
///              |
///              +--> CommitStream         numbered commits at the cluster's address --> CommitLedger
///              |      RevisionLine       what the history says at every read        --> both must agree
///              |
///              +--> WireTap              every frame that leaves a device's data ports, with the kernel's time
///              |      MasterAsker        asks for the cluster's address all the time
///              |      MasterWatch        who answers; never two in turns
///              |      OwnerWatch         who sends the packets of a flow; never two in turns
///              |
///              +--> Elections            the records of failovers
///              |      FailoverCheck      each change on the wire has one, each has a fault that explains it
///              |
///              +--> FaultTraffic         probes and connections: gaps, translations, who is alive
/// ```
@NullMarked
package net.testudo.lab.faults;

import org.jspecify.annotations.NullMarked;
