package net.testudo.element.channel;

import org.jspecify.annotations.Nullable;

/// What is needed to open the frames of one process of a device, whatever association number they carry. Once a frame
/// came under another number than before, the key of that before is good for frames still under way, and then wiped.
final class ReceiveChannel {
    /// How long frames may be under way that were sealed before the sender went over to another key.
    private static final long RETIRING_NS = 1_000_000_000L;
    private static final int NONE = -1;

    private final long sci;
    private final int paths;
    private final @Nullable ReceiveAssociation[] associations = new ReceiveAssociation[Sak.ASSOCIATIONS];
    private int newestKey;
    private int current = NONE;
    private int retiring = NONE;
    private long retiredNs;
    private boolean timed;

    ReceiveChannel(long sci, int paths) {
        this.sci = sci;
        this.paths = paths;
    }

    long sci() {
        return sci;
    }

    /// The number of the newest key installed.
    int newestKey() {
        return newestKey;
    }

    /// Opens a frame that passed [SealedFrame#check] and names this channel.
    ///
    /// @param inner takes what was sealed
    FrameFate open(int path, byte[] frame, int at, int length, byte[] inner) {
        int number = SealedFrame.association(frame, at);
        ReceiveAssociation association = associations[number];
        if (association == null) {
            return FrameFate.WRONG_AN;
        }
        FrameFate fate = association.open(path, frame, at, SealedFrame.sealedOctets(frame, at, length), inner);
        if (fate == FrameFate.OK && number != current && number != retiring) {
            retire(current);
            current = number;
        }
        return fate;
    }

    private void retire(int number) {
        wipe(retiring);
        retiring = number;
        timed = false;
    }

    /// Wipes a key whose time is over.
    void doWork(long nowNs) {
        if (retiring == NONE) {
            return;
        }
        if (!timed) {
            timed = true;
            retiredNs = nowNs + RETIRING_NS;
        } else if (nowNs - retiredNs >= 0) {
            wipe(retiring);
            retiring = NONE;
        }
    }

    /// Frames are opened with this key too. A key that is installed already keeps its replay windows, and one that was
    /// replaced does not come back, else a repeated or late handshake would let old frames in again.
    ///
    /// @param sak holds the octets of a [Sak] at `at`; copied
    /// @param nextNumber the sender's next packet number
    void install(byte[] sak, int at, long nextNumber) {
        int number = Sak.number(sak, at);
        int association = Sak.association(number);
        ReceiveAssociation present = associations[association];
        if (present != null && present.isSame(sak, at)) {
            present.catchUp(nextNumber);
        } else if (number >= newestKey) {
            wipe(association);
            retiring = retiring == association ? NONE : retiring;
            associations[association] = new ReceiveAssociation(Sak.read(sak, at), nextNumber, paths);
            newestKey = number;
        }
    }

    /// Frames are opened with the key of a join session.
    void install(Sak sak) {
        associations[sak.association()] = new ReceiveAssociation(sak, 1, paths);
    }

    void destroy() {
        for (int number = 0; number < associations.length; number++) {
            wipe(number);
        }
    }

    private void wipe(int number) {
        ReceiveAssociation association = number == NONE ? null : associations[number];
        if (association != null) {
            association.destroy();
            associations[number] = null;
        }
    }
}
