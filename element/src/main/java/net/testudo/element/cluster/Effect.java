package net.testudo.element.cluster;

import java.util.List;
import java.util.SortedMap;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.ControlMessage.InForceRequest;
import net.testudo.element.wire.cluster.InspectionMessage.Inquiry;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.StatusMessage;

/// What the state machine wants done, executed in the order persist, send, notify.
public sealed interface Effect {
    /// Make `image` durable and report [Event.Persisted] with the ticket.
    record PersistState(long ticket, Image image) implements Effect {}

    /// Send a control message to a member, reliably.
    record SendMessage(int device, ControlMessage message) implements Effect {}

    /// Send a status to all, on every path.
    record SendStatus(StatusMessage status) implements Effect {}

    /// Ask the witnesses whether they are there (ARP probe, sender 0.0.0.0, the port's own MAC).
    record ProbeWitnesses(List<Ipv4Address> witnesses) implements Effect {}

    /// Ask who is there on the cluster port (DSC-01).
    record SendDiscovery() implements Effect {}

    /// Open a join session with a discovered device, authenticated by its join key, or by its certificate if that is
    /// empty.
    record OpenJoin(String serial, String joinKey) implements Effect {
        @Override
        public String toString() {
            return "OpenJoin[serial=" + serial + "]";
        }
    }

    /// Send a message in a join session.
    record SendJoin(String serial, JoinMessage message) implements Effect {}

    /// The device's own identity in the cluster changed: number and key. Number 0: it has none. No other device is
    /// trusted until [TrustDevices].
    ///
    /// @param privateKey 64 hexadecimal digits; secret
    /// @param bootId under which it speaks from now on: a new one, because a new identity has new keys
    record ChangeIdentity(int device, String clusterId, String privateKey, long bootId) implements Effect {
        @Override
        public String toString() {
            return "ChangeIdentity[device=" + device + "]";
        }
    }

    /// Associate with these devices and no others.
    ///
    /// @param publicKeys by device number, 64 hexadecimal digits each
    /// @param revoked those of them that are told that they were taken out, and nothing else
    record TrustDevices(SortedMap<Integer, String> publicKeys, DeviceSet revoked) implements Effect {}

    /// Take the configuration of the newest revision into use again.
    record ApplyAgain() implements Effect {}

    /// Tell a device, or this state machine itself, what the data path works with.
    record TellInForce(int device, InForceRequest request) implements Effect {}

    /// Tell a device what the data path decides about packets.
    ///
    /// @param device that asked; this one for [Event.VerdictsTold]
    record TellVerdicts(int device, Inquiry inquiry) implements Effect {}

    /// Drop what waits in rings and queues: this device was stalled.
    record DiscardBacklog() implements Effect {}

    /// Answer a request of the agent.
    record Reply(Answer answer) implements Effect {}

    /// Report an event.
    record Notify(ElementEvent event) implements Effect {}

    /// Durable octets; equal by identity.
    final class Image {
        private final byte[] octets;

        Image(byte[] octets) {
            this.octets = octets;
        }

        /// The octets, not copied.
        public byte[] octets() {
            return octets;
        }
    }
}
