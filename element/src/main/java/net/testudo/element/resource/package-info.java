/// Shared resources: ports of the cluster addresses, leased to devices in blocks (RES-04 to RES-06, RES-11, RES-12).
///
/// ```
///  master (PortLeases)                                  backup master (LeaseCopy into PortLeases)
///    | lease a block: PENDING --- record in the copy -------> |
///    | <-------------------------------- acknowledgement ---- |
///    | ACTIVE: ports of it go to flows of its device          |
///
///  FREE -> PENDING -> ACTIVE -> DRAINING (device gone; its flows keep their ports) -> FREE
///                        \------ no flow has a port, all have rested ----------------/
/// ```
///
/// A new master goes on with the copy: what was leased rests, and what flows are reported to have is in use.
package net.testudo.element.resource;
