package net.testudo.element.cluster;

import net.testudo.element.management.Capacity;
import net.testudo.element.management.Request;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.MacAddress;
import net.testudo.element.net.MemberVersions;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.DeviceIdentity;
import net.testudo.element.wire.cluster.InspectionMessage;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.StatusMessage;

/// What happened.
public sealed interface Event {
    /// An authentic status of a member was received.
    record StatusReceived(StatusMessage status) implements Event {}

    /// An authentic control message was received in the session with this process of the member.
    record MessageReceived(int device, long bootId, ControlMessage message) implements Event {}

    /// What this device itself works with, as it was asked for.
    record InForceTold(ControlMessage.InForceReply reply) implements Event {}

    /// What this device's own data path decides, as it was asked for.
    record VerdictsTold(InspectionMessage.Finding finding) implements Event {}

    /// All writes up to the ticket are durable.
    record Persisted(long ticket) implements Event {}

    /// A write failed.
    record PersistFailed(long ticket, String reason) implements Event {}

    /// The agent asks.
    record RequestReceived(Request request) implements Event {}

    /// A witness answered the probe that was sent at `sentNs`.
    record WitnessAnswered(Ipv4Address witness, long sentNs) implements Event {}

    /// All data ports have carrier, or not all.
    record CarrierChanged(boolean all) implements Event {}

    /// What was measured of this device's hardware is another than before.
    record CapacityMeasured(Capacity capacity) implements Event {}

    /// Which versions of the protocol the members speak is another than before.
    record VersionsLearnt(MemberVersions versions) implements Event {}

    /// Another device said who it is.
    ///
    /// @param clusterId of the cluster it belongs to, empty if unconfigured
    record DeviceHeard(DeviceIdentity identity, MacAddress mac, String clusterId) implements Event {}

    /// A join session with the device (at the master) or with the master (at the device) is open: both sides
    /// proved the join key.
    record JoinSessionOpened(String serial) implements Event {}

    /// A join session could not be opened or ended.
    record JoinSessionFailed(String serial, String reason) implements Event {}

    /// A message in a join session.
    record JoinMessageReceived(String serial, JoinMessage message) implements Event {}

    /// A member proved who it is, and says that this device was taken out of the cluster.
    record Revoked(int device) implements Event {}

    /// Time passed.
    record TimePassed() implements Event {}
}
