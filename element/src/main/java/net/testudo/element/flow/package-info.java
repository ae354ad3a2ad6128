/// Flow ownership: who carries which flow, and how that survives the owner.
///
/// ```
///  master                         owner                          backup master
///    | ASSIGN (with the packet)    |                                  |
///    |---------------------------->|  carries it                      |
///    | ASSIGNED                    |                                  |
///    |<----------------------------|                                  |
///    | COPY stream: every flow, every change ------------------------>|
///    |                             |  REPORT stream: state, end       |
///    |<----------------------------|                                  |
///    | ACK, once the backup has it                                    |
///    |---------------------------->|                                  |
/// ```
///
/// A new master takes the copy and the reports of all members, then assigns what nobody carries any more.
package net.testudo.element.flow;
