package net.testudo.element.channel;

import org.jspecify.annotations.Nullable;

/// What is needed to open the frames of one process of a device, whatever association number they carry.
final class ReceiveChannel {
    private final long sci;
    private final int paths;
    private final @Nullable ReceiveAssociation[] associations = new ReceiveAssociation[Sak.NUMBERS];

    ReceiveChannel(long sci, int paths) {
        this.sci = sci;
        this.paths = paths;
    }

    long sci() {
        return sci;
    }

    /// Opens a frame that passed [SealedFrame#check] and names this channel.
    ///
    /// @param inner takes what was sealed
    FrameFate open(AesGcm gcm, int path, byte[] frame, int at, int length, byte[] inner) {
        ReceiveAssociation association = associations[SealedFrame.association(frame, at)];
        return association == null
                ? FrameFate.WRONG_AN
                : association.open(gcm, path, frame, at, SealedFrame.sealedOctets(frame, at, length), inner);
    }

    /// Frames are opened with this key too. A key that is installed already keeps its replay windows, else a repeated
    /// handshake would let old frames in again.
    ///
    /// @param sak holds the octets of a [Sak] at `at`; copied
    /// @param nextNumber the sender's next packet number
    void install(byte[] sak, int at, long nextNumber) {
        int number = Sak.number(sak, at) % Sak.NUMBERS;
        ReceiveAssociation present = associations[number];
        if (present != null && present.isSame(sak, at)) {
            present.catchUp(nextNumber);
            return;
        }
        if (present != null) {
            present.destroy();
        }
        associations[number] = new ReceiveAssociation(Sak.read(sak, at), nextNumber, paths);
    }

    /// Frames are opened with the key of a join session.
    void install(Sak sak) {
        associations[sak.number()] = new ReceiveAssociation(sak, 1, paths);
    }

    void destroy() {
        for (int number = 0; number < associations.length; number++) {
            ReceiveAssociation association = associations[number];
            if (association != null) {
                association.destroy();
                associations[number] = null;
            }
        }
    }
}
