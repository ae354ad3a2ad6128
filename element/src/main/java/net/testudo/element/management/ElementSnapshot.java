package net.testudo.element.management;

import java.util.List;
import java.util.Map;
import net.testudo.element.net.ProtocolVersions;
import org.jspecify.annotations.Nullable;

/// The state of the element as this device knows it; all management reads are answered from it.
///
/// @param nowNs when it was made (monotonic)
/// @param serial of this device
/// @param device its number in the cluster, 0 if unconfigured
/// @param role its working role
/// @param clusterId UUID of the cluster, new at each formation; empty if unconfigured
/// @param clusterName as configured
/// @param clusterStartedNs when the cluster was formed, or came back after all of it was down, as monotonic time of
///   this device; `nowNs` if unconfigured. Devices hand the age on in their status messages, so that
///   `nowNs - clusterStartedNs` goes on over a failover (sysUpTime is served from it)
/// @param epoch the epoch this device follows
/// @param master number of the master it follows, 0 if none
/// @param masterServing whether this device is master with a valid lease
/// @param memberServing whether this device has a valid lease to carry flows
/// @param unwitnessed whether the epoch was taken without a majority (pair rule, form-alone)
/// @param revision number of the newest decided revision, 0 if none
/// @param configHash hash of that revision, hexadecimal
/// @param content of that revision
/// @param members every configured member, ascending by number
/// @param discovered devices heard that are no members, by serial
/// @param alarms that are raised
/// @param lastSwitchover the last change of master that this device saw
/// @param engineBoots how often the cluster's SNMP engine was activated (+1 per new master), majority-committed
/// @param engineBootsNs when this device learned of that count, as monotonic time; `nowNs` if unconfigured
///   (snmpEngineTime is counted from it)
/// @param history the newest decided revisions
/// @param backupSync as master: how far the backup master has the run-time data
/// @param counters by name, ascending (drops by reason, protocol, flows, leases)
/// @param log the newest events of the cluster
/// @param protocolVersion of what this device sends to all members
/// @param election who leads next, and what the master does about its role
public record ElementSnapshot(
        long nowNs,
        String serial,
        int device,
        Role role,
        String clusterId,
        String clusterName,
        long clusterStartedNs,
        long epoch,
        int master,
        boolean masterServing,
        boolean memberServing,
        boolean unwitnessed,
        long revision,
        String configHash,
        Content content,
        List<MemberState> members,
        List<DiscoveredDevice> discovered,
        List<Alarm> alarms,
        Switchover lastSwitchover,
        long engineBoots,
        long engineBootsNs,
        RevisionHistory history,
        BackupSync backupSync,
        Map<String, Long> counters,
        EventLog log,
        int protocolVersion,
        ElectionState election) {

    /// A configured member.
    ///
    /// @param device number
    /// @param serial number
    /// @param role working role as seen here
    /// @param staticRole `active` or `standby`
    /// @param voter whether it has a vote
    /// @param reachable whether it was heard within the dead time
    /// @param inSync whether it holds the newest revision and run-time data
    /// @param health 0 to 100
    /// @param capacity of its hardware
    /// @param unmet what it does not meet of what is asked of a master
    /// @param version of the software
    /// @param configHash of the revision it holds
    /// @param flows it owns
    /// @param bootId of its process
    /// @param lastHeardNs monotonic time of its last status message, 0 if never
    /// @param verified whether it works with the newest revision
    /// @param syncProgress as master: how far it has what a member has to have, percent by kind, ascending (JON-06)
    /// @param versions of the cluster protocol that it speaks, null if unknown
    /// @param clock what is known of its clocks
    public record MemberState(
            int device,
            String serial,
            Role role,
            String staticRole,
            boolean voter,
            boolean reachable,
            boolean inSync,
            int health,
            Capacity capacity,
            List<ElectionCriterion> unmet,
            String version,
            String configHash,
            long flows,
            long bootId,
            long lastHeardNs,
            Verified verified,
            Map<String, Integer> syncProgress,
            @Nullable ProtocolVersions versions,
            MemberClock clock) {}

    /// A device that was heard and is no member (DSC-10).
    ///
    /// @param serial number
    /// @param mac of its cluster port
    /// @param version of its software
    /// @param capabilities as it announced them
    /// @param licence identifier, empty for none
    /// @param state `discovered`, `joining`, `ineligible`, `rejected`
    /// @param reason why it is ineligible or rejected, or empty
    /// @param firstHeardNs monotonic
    public record DiscoveredDevice(
            String serial,
            String mac,
            String version,
            String capabilities,
            String licence,
            String state,
            String reason,
            long firstHeardNs) {}

    /// A condition that needs the operator's attention.
    ///
    /// @param name kebab-case, such as `no-real-time-scheduling`
    /// @param device it is about
    /// @param text what is wrong and what to do
    public record Alarm(String name, int device, String text) {}

    /// A change of master.
    ///
    /// @param eventId of the event that reports it, empty if there was none
    /// @param from old master, 0 if none
    /// @param to new master
    /// @param cause why
    /// @param atNs monotonic time on this device
    /// @param count of switchovers since the cluster was formed
    public record Switchover(String eventId, int from, int to, String cause, long atNs, long count) {
        /// There was none yet.
        public static final Switchover NONE = new Switchover("", 0, 0, "", 0, 0);
    }
}
