package net.testudo.element.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.testudo.element.management.Content;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.Ipv4Prefix;
import net.testudo.element.net.MacAddress;

/// What the element needs of a configuration revision (FRM-04 to FRM-06, DCF-12), extracted and checked.
///
/// @param name identifies the cluster
/// @param clusterPorts names of the cluster ports as given on the devices' command lines, first one first; at least
/// one
/// @param networks the data networks in document order, 1 to [#NETWORK_MAX]; a network's index in this list numbers
/// it in cluster frames
/// @param localNetwork the network whose cluster address serves NETCONF and SNMP; empty if none was named, then no
/// cluster address serves them unless `localAccess` says so
/// @param operation how the cluster runs
/// @param members every configured member with a number, in document order; an entry without one waits for its device
/// @param joinKeys secrets by which devices are admitted
/// @param policy what is forwarded and how it is translated
/// @param localAccess one for each local service, in order of the service; unless configured, from the local network
public record ClusterConfig(
        String name,
        List<String> clusterPorts,
        List<DataNetwork> networks,
        String localNetwork,
        Operation operation,
        List<Member> members,
        List<JoinKey> joinKeys,
        PolicyConfig policy,
        List<LocalAccess> localAccess) {

    /// The most data networks of a cluster.
    public static final int NETWORK_MAX = 8;
    /// The path of the cluster's container.
    public static final String CLUSTER = "/testudo-cluster:cluster";
    /// The path of the list of members.
    public static final String MEMBERS = CLUSTER + "/member";
    /// The path of the list of join keys, in the secrets.
    public static final String JOIN_KEYS = CLUSTER + "/join-key";

    /// What became of a content.
    public sealed interface Parsed {}

    /// The content can be used.
    ///
    /// @param config what it says
    /// @param configuration its configuration, to be edited
    /// @param secrets its secrets, to be edited
    public record Valid(ClusterConfig config, ConfigDocument configuration, ConfigDocument secrets) implements Parsed {}

    /// The content breaks rules.
    ///
    /// @param faults at least one, in the order of the checks
    public record Invalid(List<ConfigFault> faults) implements Parsed {}

    /// How the cluster runs.
    ///
    /// @param autoJoin whether every eligible device that is discovered is admitted
    /// @param certificateJoin whether a device without a join key may prove itself by a certificate (JON-03)
    /// @param activeCount how many members carry flows, empty for all (DEF-02, DEF-03)
    /// @param timing overrides of the protocol's times
    /// @param historyDepth how many decided revisions are told of
    /// @param verification what is done with members that work with something else
    /// @param election what is asked of a device that is to lead
    /// @param identity what is settled of devices that took the cluster's secrets along
    /// @param backupSync what is done when the backup master does not acknowledge
    /// @param clockDifferenceMaxMs how far wall clocks may be apart without an alarm, in milliseconds (FRM-13)
    public record Operation(
            boolean autoJoin,
            boolean certificateJoin,
            OptionalInt activeCount,
            TimingConfig timing,
            int historyDepth,
            VerificationConfig verification,
            ElectionConfig election,
            IdentityConfig identity,
            BackupSyncConfig backupSync,
            int clockDifferenceMaxMs) {
        /// Unless configured otherwise.
        public static final int CLOCK_DIFFERENCE_MAX_MS = 1_000;
    }

    /// What is done with members that do not work with the decided configuration (DCF-11, NON-07).
    ///
    /// @param attemptsMax how often they are sent it
    /// @param retryNs how long they do not join by themselves after they were taken out
    /// @param mode how it is found out what a member works with
    public record VerificationConfig(int attemptsMax, long retryNs, VerificationMode mode) {
        /// Unless configured otherwise.
        public static final VerificationConfig STANDARD =
                new VerificationConfig(3, 60_000_000_000L, VerificationMode.HASH);
    }

    /// How it is found out what a member works with (VER-01 to VER-03).
    public enum VerificationMode {
        /// The member confirms that it took the revision into use.
        CONFIRM,
        /// It tells hashes of what it reads back.
        HASH,
        /// Hashes, and its data path is asked what it decides about packets.
        INSPECT
    }

    /// Overrides of the times of the cluster protocol.
    ///
    /// @param voterHoldNs how long a voter stays unreachable before it loses its vote
    /// @param commitTimeoutNs how long a commit waits for members
    /// @param leaseNs serving lease, which follows from the dead time
    public record TimingConfig(OptionalLong voterHoldNs, OptionalLong commitTimeoutNs, OptionalLong leaseNs) {}

    /// A data network.
    ///
    /// @param name as on the devices' command lines
    /// @param address the cluster address with the length of the network's prefix
    /// @param virtualMac as configured, empty for the derived one (see [#mac])
    /// @param witnesses addresses that are ARP-probed to tell a dead peer from a dead self
    /// @param liveness whether votes, leases and probes also travel on this network
    /// @param gateway default route, if any
    public record DataNetwork(
            String name,
            Ipv4Prefix address,
            Optional<MacAddress> virtualMac,
            List<Ipv4Address> witnesses,
            boolean liveness,
            Optional<Ipv4Address> gateway) {
        /// The virtual MAC address: as configured, else derived from the cluster's id and the network's index, so
        /// that two clusters on one network differ.
        public MacAddress mac(String clusterId, int index) {
            return virtualMac.orElseGet(() -> VirtualMac.derive(clusterId, index));
        }
    }

    /// A configured member.
    ///
    /// @param serial number of the device
    /// @param id its number in the cluster, 1 to 63
    /// @param staticRole its configured role
    /// @param adminState whether it may serve
    /// @param adminReason why it is in maintenance, empty if nobody said
    /// @param priority how much the operator wants it to lead, 1 to 254
    public record Member(
            String serial, int id, StaticRole staticRole, AdminState adminState, String adminReason, int priority) {
        /// Unless configured otherwise.
        public static final int PRIORITY = 100;
    }

    /// Whether the operator lets a member serve (NON-08).
    public enum AdminState {
        /// Does what its role asks of it.
        IN_SERVICE,
        /// Is deactivated.
        MAINTENANCE;

        /// As written in the configuration.
        public String text() {
            return this == IN_SERVICE ? "in-service" : "maintenance";
        }
    }

    /// The configured role of a member (ROL-02).
    public enum StaticRole {
        /// Carries flows.
        ACTIVE,
        /// Waits.
        STANDBY;

        /// As written in the configuration.
        public String text() {
            return this == ACTIVE ? "active" : "standby";
        }
    }

    /// The secret by which one device is admitted.
    ///
    /// @param serial number of the device
    /// @param keyHex the key, an even number of hexadecimal digits, 16 to 64 octets
    public record JoinKey(String serial, String keyHex) {
        @Override
        public String toString() {
            return "JoinKey[serial=" + serial + ", key=***]";
        }
    }

    /// From which networks a local service may be reached.
    ///
    /// @param service the service
    /// @param networks names, in document order; empty for nowhere
    public record LocalAccess(LocalService service, List<String> networks) {}

    /// Keeps its own copies of the lists.
    public ClusterConfig {
        clusterPorts = List.copyOf(clusterPorts);
        networks = List.copyOf(networks);
        members = List.copyOf(members);
        joinKeys = List.copyOf(joinKeys);
        localAccess = List.copyOf(localAccess);
    }

    /// What `content` says, or all that is wrong with it.
    public static Parsed parse(Content content) {
        return new ClusterConfigParser().parse(content);
    }

    /// The index of the network called `network`, or -1.
    public int networkIndex(String network) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).name().equals(network)) {
                return i;
            }
        }
        return -1;
    }

    /// The member with this serial number.
    public Optional<Member> member(String serial) {
        for (Member member : members) {
            if (member.serial().equals(serial)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    /// The member with this number.
    public Optional<Member> member(int id) {
        for (Member member : members) {
            if (member.id() == id) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    /// The join key of the device with this serial number.
    public Optional<JoinKey> joinKey(String serial) {
        return joinKeys.stream().filter(key -> key.serial().equals(serial)).findFirst();
    }
}
