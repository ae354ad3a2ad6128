/// The cluster's SNMP agent: one SNMPv3 engine for all devices, served by whichever is master.
///
/// ```
///                     ElementClient
///        snapshots  |               |  events
///                   v               v
///  SnmpConfig -> SnmpAgent      EventVarbinds
///                   |               |
///                   v               v
///  RoleViews -> SnmpEngine     NotificationSender -- TargetLane (one a target, bounded)
///                 |    ^            |
///  BulkCommandProcessor SnapshotObjects <- SnapshotView <- ClusterObjects
///                 |                 |
///                 +---- UDP at the cluster's address (only while active) ----
/// ```
///
/// Every device holds the engine ready (users, localised keys, views); the serving master activates it. The engine
/// id comes from the cluster, `snmpEngineBoots` from the committed counter of the element, sysUpTime from the start
/// of the cluster, so that a manager sees one agent over a failover.
@NullMarked
package net.testudo.agent.snmp;

import org.jspecify.annotations.NullMarked;
