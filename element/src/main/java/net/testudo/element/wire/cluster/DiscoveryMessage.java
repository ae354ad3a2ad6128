package net.testudo.element.wire.cluster;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.net.ProtocolVersions;
import org.jspecify.annotations.Nullable;

/// Discovery: who is there (DSC-01, DSC-10). Travels in clear, carries nothing secret, and proves nothing.
public sealed interface DiscoveryMessage {
    /// Asks every device on the cluster port to announce itself.
    ///
    /// @param serial of the device that asks
    record Query(String serial) implements DiscoveryMessage {}

    /// A device says who it is.
    ///
    /// @param identity of the device
    /// @param bootId of its process
    /// @param clusterId of the cluster it belongs to, empty if unconfigured
    record Announcement(DeviceIdentity identity, long bootId, String clusterId) implements DiscoveryMessage {}

    /// Version of the discovery format.
    int VERSION = 1;

    /// The octets of `message`, from the version on.
    static byte[] toOctets(DiscoveryMessage message) {
        OctetWriter out = new OctetWriter(128).u8(VERSION);
        switch (message) {
            case Query query -> out.u8(1).text(query.serial());
            case Announcement announcement -> {
                DeviceIdentity identity = announcement.identity();
                out.u8(2).text(identity.serial()).text(identity.model()).text(identity.hardwareRevision());
                out.text(identity.firmwareVersion()).text(identity.softwareVersion());
                out.text(String.join("\n", identity.capabilities())).text(identity.licence());
                out.i64(announcement.bootId()).text(announcement.clusterId());
            }
        }
        byte[] octets = out.toOctets();
        OctetWriter whole =
                new OctetWriter(octets.length + 5).u16(octets.length).raw(octets);
        if (message instanceof Announcement announcement
                && announcement.identity().versions().octet() != 0) {
            whole.u16(1).u8(announcement.identity().versions().octet());
        }
        return whole.toOctets();
    }

    /// The message, or null if the octets are malformed or of another version. Octets behind it are padding, or what a
    /// later version adds: length (2), newest protocol version (1), and what is not known yet.
    static @Nullable DiscoveryMessage parse(byte[] octets, int offset, int length) {
        if (length < 2) {
            return null;
        }
        int stated = new OctetReader(octets, offset, 2).u16();
        if (stated > length - 2) {
            return null;
        }
        OctetReader in = new OctetReader(octets, offset + 2, stated);
        if (in.u8() != VERSION) {
            return null;
        }
        DiscoveryMessage message = switch (in.u8()) {
            case 1 -> new Query(in.text());
            case 2 -> announcement(in, versions(octets, offset + 2 + stated, offset + length));
            default -> null;
        };
        return in.complete() ? message : null;
    }

    private static ProtocolVersions versions(byte[] octets, int from, int end) {
        OctetReader in = new OctetReader(octets, from, end - from);
        int added = in.u16();
        return added > 0 && added <= in.remaining() ? ProtocolVersions.ofOctet(in.u8()) : ProtocolVersions.FIRST;
    }

    private static Announcement announcement(OctetReader in, ProtocolVersions versions) {
        String serial = in.text();
        if (!DeviceIdentity.isSerial(serial)) {
            in.reject();
        }
        DeviceIdentity identity = new DeviceIdentity(
                serial, in.text(), in.text(), in.text(), in.text(), capabilities(in.text()), in.text(), versions);
        return new Announcement(identity, in.i64(), in.text());
    }

    private static List<String> capabilities(String text) {
        List<String> names = new ArrayList<>();
        text.lines().filter(name -> !name.isEmpty()).forEach(names::add);
        return List.copyOf(names);
    }
}
