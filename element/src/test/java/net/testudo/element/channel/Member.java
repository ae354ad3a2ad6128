package net.testudo.element.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A member of the cluster, as far as the channel goes.
final class Member implements AssociationListener {
    final int device;
    final long bootId;
    final FrameSealer sealer;
    final FrameOpener opener;
    final Association association;
    final List<String> reports = new ArrayList<>();

    Member(int device, long bootId, byte[] key) {
        var entropy = new SeededEntropy(31L * device + bootId);
        this.device = device;
        this.bootId = bootId;
        this.sealer = new FrameSealer(entropy, device, bootId);
        this.opener = new FrameOpener(device, bootId, 3);
        this.association = new Association(entropy, key, sealer, opener, this);
    }

    static byte[] key(int value) {
        byte[] key = new byte[Association.KEY_OCTETS];
        Arrays.fill(key, (byte) value);
        return key;
    }

    /// What `other` makes of a frame that this member seals now.
    FrameFate heardBy(Member other) {
        byte[] content = {1, 2, 3};
        int length = sealer.seal(0, 1, content, 0, content.length);
        return other.opener.open(0, sealer.buffer(), 0, length);
    }

    boolean hears(Member other) {
        return other.heardBy(this) == FrameFate.OK;
    }

    @Override
    public void onAssociated(int peer, long peerBoot) {
        reports.add("associated " + peer + " " + Long.toHexString(peerBoot));
    }

    @Override
    public void onAssociationFailed(int peer, long peerBoot, HandshakeFailure failure) {
        reports.add(failure + " " + peer + " " + Long.toHexString(peerBoot));
    }
}
