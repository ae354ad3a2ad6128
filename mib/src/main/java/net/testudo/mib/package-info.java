/// The contract with SNMP managers: the text of our MIB modules, and their object identifiers as constants.
///
/// ```
/// testudo (TESTUDO-SMI, the one place that sets the enterprise)
///  +- 1 products -- 1 element            sysObjectID
///  +- 2 modules
///      +- 1 TESTUDO-CLUSTER-MIB
///          +- 0 notifications            ClusterNotification
///          +- 1 objects
///          |   +- 1 scalars              ClusterScalar
///          |   +- 2..5 tables            DeviceColumn, DiscoveredColumn, AlarmColumn, CounterColumn
///          |   +- 6 event                EventObject (only in notifications)
///          +- 2 conformance
/// ```
@NullMarked
package net.testudo.mib;

import org.jspecify.annotations.NullMarked;
