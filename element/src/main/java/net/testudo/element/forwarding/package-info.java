/// The data path: what becomes of a frame.
///
/// ```
///  data port                          master                                  owner
///  ---------> virtual MAC? --> flow known? -- yes --> own / relay ----------> track, translate, TTL
///                                 | no                                             |
///                                 v                                                v
///                      local service, policy, NAT,                     out of its own port, from the
///                      next hop, owner, ASSIGN                         port's own MAC to the next hop's
/// ```
///
/// Only the master answers ARP, sources the virtual MAC and takes frames sent to it. Every frame is held against the
/// lease at the moment it leaves.
package net.testudo.element.forwarding;
