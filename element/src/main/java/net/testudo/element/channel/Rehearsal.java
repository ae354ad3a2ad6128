package net.testudo.element.channel;

import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.EntropySource;

/// Runs the whole channel once between two imagined devices, before the duty cycle starts: the first X25519 and the
/// first AES-GCM of a process load classes for longer than a serving lease lasts, later ones take microseconds.
public final class Rehearsal {
    private static final int HANDSHAKES = 10;
    private static final int FRAMES = 2_000;

    private Rehearsal() {}

    /// Rehearses join, association and sealing.
    ///
    /// @param entropy for the keys, which are thrown away
    /// @return how many frames were opened; all of them, if this JDK has what the channel needs
    /// @throws IllegalStateException if it has not
    public static int run(EntropySource entropy) {
        int opened = 0;
        for (int i = 0; i < HANDSHAKES; i++) {
            opened += associate(entropy);
        }
        return opened;
    }

    private static int associate(EntropySource entropy) {
        String firstKey = DeviceKeys.draw(entropy);
        String secondKey = DeviceKeys.draw(entropy);
        FrameSealer sealer = new FrameSealer(entropy, 1, 1);
        FrameOpener opener = new FrameOpener(2, 2, 1, ProtocolVersions.OWN);
        FrameOpener own = new FrameOpener(1, 1, 1, ProtocolVersions.OWN);
        var first = new Association(entropy, with(2, secondKey, firstKey), sealer, own, new Silent());
        FrameSealer other = new FrameSealer(entropy, 2, 2);
        var second = new Association(entropy, with(1, firstKey, secondKey), other, opener, new Silent());
        first.start(2, 2, 0);
        while (first.halfOpen() > 0) {
            first.doWork(0, (to, frame) -> second.onFrame(frame, 0, frame.length, 0));
            second.doWork(0, (to, frame) -> first.onFrame(frame, 0, frame.length, 0));
        }
        byte[] content = new byte[256];
        int opened = 0;
        for (int i = 0; i < FRAMES / HANDSHAKES; i++) {
            int length = sealer.seal(0, ProtocolVersions.NEWEST, 0, content, 0, content.length);
            opened += opener.open(0, sealer.buffer(), 0, length) == FrameFate.OK ? 1 : 0;
        }
        first.destroy();
        second.destroy();
        return opened;
    }

    private static PairSecrets with(int peer, String peersKey, String ownKey) {
        PairSecrets secrets = new PairSecrets(ownKey, "");
        secrets.set(new TreeMap<>(Map.of(peer, DeviceKeys.publicKey(peersKey))), DeviceSet.NONE);
        return secrets;
    }

    /// Takes reports that nobody needs.
    private static final class Silent implements AssociationListener {
        @Override
        public void onAssociated(int device, long bootId, ProtocolVersions spoken, boolean next) {}

        @Override
        public void onVersionRefused(int device, ProtocolVersions spoken) {}

        @Override
        public void onRevoked(int device) {}

        @Override
        public void onAssociationFailed(int device, long bootId, HandshakeFailure failure) {}
    }
}
