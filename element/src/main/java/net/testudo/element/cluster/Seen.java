package net.testudo.element.cluster;

import net.testudo.element.net.MacAddress;
import net.testudo.element.wire.cluster.DeviceIdentity;

/// A device that announced itself on the cluster port and is no member, as the master judges it (DSC-10).
final class Seen {
    final DeviceIdentity identity;
    final MacAddress mac;
    final long firstNs;
    long lastNs;
    String clusterId;
    String state = "discovered";
    String reason = "";
    long rejectedNs;

    Seen(DeviceIdentity identity, MacAddress mac, String clusterId, long nowNs) {
        this.identity = identity;
        this.mac = mac;
        this.clusterId = clusterId;
        this.firstNs = nowNs;
        this.lastNs = nowNs;
    }
}
