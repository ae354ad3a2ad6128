package net.testudo.element.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.testudo.element.config.NodeDifference.Part;
import net.testudo.element.management.Content;
import net.testudo.element.management.HeldContent;

/// Where what a member works with differs from what was decided (VER-02, VER-04). No value of a secret is in the
/// answer.
public final class MemberDifferences {
    private MemberDifferences() {}

    /// The nodes that differ; none if the member told nothing.
    ///
    /// @param clusterId UUID of the cluster
    /// @param decided what was decided
    /// @param told what the member said that it works with
    public static List<NodeDifference> list(String clusterId, HeldContent decided, HeldContent told) {
        if (!told.fault().isEmpty()) {
            return List.of();
        }
        List<NodeDifference> differences = new ArrayList<>();
        Content here = decided.content();
        if (!told.hash().equals(decided.hash())) {
            Content there = told.content();
            differences.addAll(
                    new TextComparison(Part.CLUSTER, false).compare(here.configuration(), there.configuration()));
            differences.addAll(new TextComparison(Part.CLUSTER, true).compare(here.secrets(), there.secrets()));
        }
        String own = DeviceConfiguration.text(derived(clusterId, here, told.device()));
        differences.addAll(new TextComparison(Part.DEVICE, false).compare(own, told.own()));
        return differences;
    }

    private static Optional<DeviceConfiguration> derived(String clusterId, Content decided, int device) {
        if (!(ClusterConfig.parse(decided) instanceof ClusterConfig.Valid valid)) {
            return Optional.empty();
        }
        ClusterConfig config = valid.config();
        return config.members().stream()
                .filter(member -> member.id() == device)
                .findFirst()
                .flatMap(member -> DeviceConfiguration.derive(config, clusterId, member.serial()));
    }
}
