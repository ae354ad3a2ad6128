package net.testudo.element.channel;

import org.jspecify.annotations.Nullable;

/// What is needed to open the frames of one sender: its boot id, its key, a replay window per path.
final class ReceiveKey {
    private final long bootId;
    private final SecretOctets key;
    private final @Nullable ReplayWindow[] windows;

    ReceiveKey(long bootId, SecretOctets key, int paths) {
        this.bootId = bootId;
        this.key = key;
        this.windows = new ReplayWindow[paths];
    }

    long bootId() {
        return bootId;
    }

    /// Opens a frame that passed [SealedFrame#check] and names this key's sender.
    ///
    /// @param additional scratch of [SealedFrame#ADDITIONAL_OCTETS]
    /// @param content takes the opened content
    FrameFate open(AesGcm gcm, int path, byte[] frame, int at, byte[] additional, byte[] content) {
        if (SealedFrame.bootId(frame, at) != bootId) {
            return FrameFate.UNKNOWN_BOOT;
        }
        if (SealedFrame.association(frame, at) != 0) {
            return FrameFate.UNKNOWN_ASSOCIATION;
        }
        long number = SealedFrame.number(frame, at);
        ReplayWindow window = window(path);
        FrameFate fate = window.check(number);
        if (fate != FrameFate.OK) {
            return fate;
        }
        System.arraycopy(frame, at, additional, 0, SealedFrame.HEADER_OCTETS);
        additional[SealedFrame.HEADER_OCTETS] = (byte) path;
        gcm.beginOpen(key, number, additional, 0, SealedFrame.ADDITIONAL_OCTETS);
        int sealedLength = SealedFrame.contentLength(frame, at) + AesGcm.TAG_OCTETS;
        if (gcm.finish(frame, at + SealedFrame.HEADER_OCTETS, sealedLength, content, 0) < 0) {
            return FrameFate.BAD_TAG;
        }
        window.accept(number);
        return FrameFate.OK;
    }

    boolean isSame(long otherBootId, byte[] octets, int at) {
        return bootId == otherBootId && key.isSame(octets, at);
    }

    void destroy() {
        key.destroy();
    }

    private ReplayWindow window(int path) {
        ReplayWindow window = windows[path];
        if (window == null) {
            window = new ReplayWindow();
            windows[path] = window;
        }
        return window;
    }
}
