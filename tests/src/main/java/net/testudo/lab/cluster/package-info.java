/// A cluster in the lab: its devices, its first configuration, and the clients that manage it as an operator would.
///
/// ```
///   Devices             processes in their namespaces, with state, join keys and logs (Secrets)
///   NetconfClient       ncclient on the management station; ClusterConfiguration is what it sends first
///   SnmpClient          net-snmp on the management station; DeviceTable is what it reads
/// ```
@NullMarked
package net.testudo.lab.cluster;

import org.jspecify.annotations.NullMarked;
