package net.testudo.element.channel;

import org.jspecify.annotations.Nullable;

/// What is needed to open the frames of one sender that carry one association number: the key, a replay window per
/// path, and the newest packet number, by which the half that does not travel is found.
final class ReceiveAssociation {
    private final Sak sak;
    /// Of its own: a cipher expands its key only when it is given another one, and frames of all senders come in turns.
    private final AesGcm gcm = new AesGcm();
    private final long floor;
    private final @Nullable ReplayWindow[] windows;
    private long newest;

    /// @param firstNumber the sender's next packet number at the time it handed this key out: what is older is late
    /// @param paths how many paths there are
    ReceiveAssociation(Sak sak, long firstNumber, int paths) {
        this.sak = sak;
        this.floor = firstNumber - 1;
        this.newest = firstNumber;
        this.windows = new ReplayWindow[paths];
    }

    /// Opens a frame that passed [SealedFrame#check] and carries this association's number.
    ///
    /// @param inner takes what was sealed, of this many octets
    FrameFate open(int path, byte[] frame, int at, int octets, byte[] inner) {
        long number = number(SealedFrame.packetNumber(frame, at));
        ReplayWindow window = window(path);
        FrameFate fate = window.check(number);
        if (fate != FrameFate.OK) {
            return fate;
        }
        gcm.beginOpen(sak, path, number, frame, at);
        if (gcm.finish(frame, at + SealedFrame.HEADER_OCTETS, octets + AesGcm.TAG_OCTETS, inner, 0) < 0) {
            return FrameFate.ALTERED;
        }
        window.accept(number);
        newest = Math.max(newest, number);
        return SealedFrame.checkInner(inner, octets);
    }

    /// Learns from an authentic source which packet number the sender is at: it may have sent more while it was not
    /// heard than half a packet number can tell.
    void catchUp(long nextNumber) {
        newest = Math.max(newest, nextNumber);
    }

    boolean isSame(byte[] octets, int at) {
        return sak.isSame(octets, at);
    }

    void destroy() {
        sak.destroy();
    }

    /// The packet number with this low half that is nearest to the newest one.
    private long number(int lowHalf) {
        return newest + (lowHalf - (int) newest);
    }

    private ReplayWindow window(int path) {
        ReplayWindow window = windows[path];
        if (window == null) {
            window = new ReplayWindow(floor);
            windows[path] = window;
        }
        return window;
    }
}
