package net.testudo.element.wire.cluster;

import org.jspecify.annotations.Nullable;

/// A message in a join session, in which both sides proved the device's join key.
public sealed interface JoinMessage {
    /// The master's offer: all that makes the device a member-to-be (DCF-01..07).
    ///
    /// @param clusterId UUID of the cluster
    /// @param master number of the master
    /// @param epoch of the master
    /// @param device number given to the device
    /// @param bootAbove boot id of the newest process that was heard under this number, 0 if none. The device
    ///   takes a higher one, also if its disk is new and it counts its starts from the beginning
    /// @param deviceConfiguration canonical text of the device-specific configuration
    /// @param line the decided revisions
    record Offer(
            String clusterId, int master, long epoch, int device, long bootAbove, String deviceConfiguration, Line line)
            implements JoinMessage {
        @Override
        public String toString() {
            return "Offer[clusterId=" + clusterId + ", device=" + device + "]";
        }
    }

    /// The device stored the offer durably (VER-02).
    ///
    /// @param deviceConfigurationHash of the device-specific configuration as stored
    /// @param revisionHash of the newest revision as stored
    /// @param publicKey by which the device will prove itself to the members
    record Accepted(Digest deviceConfigurationHash, Digest revisionHash, PublicKey publicKey) implements JoinMessage {}

    /// What the master tells a member that knows too few keys to hear it otherwise.
    ///
    /// @param clusterId UUID of the cluster
    /// @param line the decided revisions
    record Known(String clusterId, Line line) implements JoinMessage {}

    /// Either side ends the join.
    record Refused(String reason) implements JoinMessage {}

    /// The octets of `message`.
    ///
    /// @param version of the protocol in which it is said
    static byte[] toOctets(JoinMessage message, int version) {
        OctetWriter out = new OctetWriter(512);
        switch (message) {
            case Offer m -> {
                out.u8(1).text(m.clusterId()).u8(m.master()).i64(m.epoch()).u8(m.device());
                out.i64(m.bootAbove()).longText(m.deviceConfiguration());
                m.line().emit(out);
            }
            case Accepted m -> {
                m.deviceConfigurationHash().emit(out.u8(2));
                m.revisionHash().emit(out);
                m.publicKey().emit(out);
            }
            case Refused m -> out.u8(3).text(m.reason());
            case Known m -> m.line().emit(out.u8(4).text(m.clusterId()));
        }
        return out.toOctets();
    }

    /// The message, or null if the octets are malformed.
    ///
    /// @param version of the protocol in which it was said
    static @Nullable JoinMessage parse(byte[] octets, int version) {
        OctetReader in = new OctetReader(octets);
        JoinMessage message = switch (in.u8()) {
            case 1 -> new Offer(in.text(), in.u8(), in.i64(), in.u8(), in.i64(), in.longText(), Line.parse(in));
            case 2 -> new Accepted(Digest.parse(in), Digest.parse(in), PublicKey.parse(in));
            case 3 -> new Refused(in.text());
            case 4 -> new Known(in.text(), Line.parse(in));
            default -> null;
        };
        return in.complete() ? message : null;
    }
}
