package net.testudo.element.cluster;

import java.util.Optional;
import net.testudo.element.wire.cluster.DeviceIdentity;

/// Which discovered devices may join (ELG-01): the failing rule is named.
final class Eligibility {
    private Eligibility() {}

    /// @param own identity of the master
    /// @param candidate identity of the device
    /// @param clusterId of the cluster it belongs to, empty if unconfigured
    /// @param ownCluster of the master: a device whose admission was cut short holds it already
    /// @return why it may not join, or nothing
    static Optional<String> check(DeviceIdentity own, DeviceIdentity candidate, String clusterId, String ownCluster) {
        if (!clusterId.isEmpty() && !clusterId.equals(ownCluster)) {
            return Optional.of("it belongs to cluster " + clusterId + ": reset it to factory settings first");
        }
        if (!candidate.versions().isCompatible(own.versions())) {
            return Optional.of("it speaks versions " + candidate.versions() + " of the cluster protocol, the cluster "
                    + own.versions() + ": bring it to a software release next to the cluster's first");
        }
        if (!candidate.softwareVersion().equals(own.softwareVersion())) {
            return Optional.of("software version is " + candidate.softwareVersion() + ", the cluster runs "
                    + own.softwareVersion());
        }
        if (!candidate.firmwareVersion().equals(own.firmwareVersion())) {
            return Optional.of("firmware version is " + candidate.firmwareVersion() + ", the cluster has "
                    + own.firmwareVersion());
        }
        if (!candidate.hardwareRevision().equals(own.hardwareRevision())) {
            return Optional.of("hardware revision is " + candidate.hardwareRevision() + ", the cluster has "
                    + own.hardwareRevision());
        }
        if (!candidate.model().equals(own.model())) {
            return Optional.of("model is " + candidate.model() + ", the cluster has " + own.model());
        }
        return Optional.empty();
    }
}
