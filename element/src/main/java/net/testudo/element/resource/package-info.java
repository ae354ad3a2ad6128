/// Shared resources: numbers that only one device may use at a time (ports now; addresses and sequence numbers are
/// number lines too), handed out in blocks.
///
/// ```
///  device (PortLeases)          master (LeaseLedger)           backup (LeaseReplica)
///       | Request ------------------> |                               |
///       |                             | Update(PENDING) ------------> |
///       |                             | <----------------------- Ack  |
///       | <------------------- Grant  |            usable only now
///       | Return -------------------> |
///
///  FREE -> PENDING -> ACTIVE -> DRAINING (holder dead, moved flows go on) -> QUARANTINED -> FREE
///                        \------ returned ------------------------------------/
/// ```
///
/// A new master starts from the replica, waits for a report of each reachable holder, and grants nothing before.
package net.testudo.element.resource;
