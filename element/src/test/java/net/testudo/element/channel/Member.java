package net.testudo.element.channel;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;

/// A member of the cluster, as far as the channel goes.
final class Member implements AssociationListener {
    private static final int FAMILY_SIZE = 12;
    private static final Map<String, String> PUBLIC_KEYS = new TreeMap<>();

    final int device;
    final long bootId;
    private final ProtocolVersions versions;
    final FrameSealer sealer;
    final FrameOpener opener;
    final PairSecrets secrets;
    final Association association;
    final List<String> reports = new ArrayList<>();

    /// @param family whose members know each other's public keys, and those of no other
    Member(int device, long bootId, int family) {
        this(device, bootId, family, ProtocolVersions.OWN);
    }

    Member(int device, long bootId, int family, ProtocolVersions versions) {
        this.versions = versions;
        var entropy = new SeededEntropy(31L * device + bootId);
        this.device = device;
        this.bootId = bootId;
        this.sealer = new FrameSealer(entropy, device, bootId);
        this.opener = new FrameOpener(device, bootId, 3, versions);
        this.secrets = new PairSecrets(privateKey(family, device), "");
        this.association = new Association(entropy, secrets, sealer, opener, this);
        trusts(family, DeviceSet.NONE);
    }

    /// Associates with the devices of `family`, but for those that were taken out.
    DeviceSet trusts(int family, DeviceSet revoked) {
        SortedMap<Integer, String> keys = new TreeMap<>();
        for (int other = 1; other <= FAMILY_SIZE; other++) {
            keys.put(other, PUBLIC_KEYS.computeIfAbsent(privateKey(family, other), DeviceKeys::publicKey));
        }
        return secrets.set(keys, revoked);
    }

    private static String privateKey(int family, int device) {
        return HexFormat.of().toHexDigits((byte) family).repeat(16)
                + HexFormat.of().toHexDigits((byte) device).repeat(16);
    }

    /// What `other` makes of a frame that this member seals now.
    FrameFate heardBy(Member other) {
        byte[] content = {1, 2, 3};
        int length = sealer.seal(0, versions.newest(), 1, content, 0, content.length);
        return other.opener.open(0, sealer.buffer(), 0, length);
    }

    boolean hears(Member other) {
        return other.heardBy(this) == FrameFate.OK;
    }

    @Override
    public void onAssociated(int peer, long peerBoot, ProtocolVersions spoken, boolean next) {
        reports.add("associated " + peer + " " + Long.toHexString(peerBoot));
    }

    @Override
    public void onVersionRefused(int peer, ProtocolVersions spoken) {
        reports.add("refused " + peer + ", which speaks " + spoken);
    }

    @Override
    public void onRevoked(int peer) {
        reports.add("revoked by " + peer);
    }

    @Override
    public void onAssociationFailed(int peer, long peerBoot, HandshakeFailure failure) {
        reports.add(failure + " " + peer + " " + Long.toHexString(peerBoot));
    }
}
