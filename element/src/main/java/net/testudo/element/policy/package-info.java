/// The security policy: what becomes of a new flow.
///
/// ```
///  first packet --> sender plausible? --> for the cluster itself? --> local service or destination NAT
///                                                                          |
///                   source NAT  <-- first rule that matches  <-- network it leaves on
/// ```
///
/// Only the first packet of a flow is evaluated; the flow table remembers the decision for both directions. A policy
/// is compiled once per revision of the configuration.
package net.testudo.element.policy;
