package net.testudo.element.management;

import org.jspecify.annotations.Nullable;

/// What a device's system says of its wall clock (FRM-13). Nothing is decided by it.
///
/// @param sync whether it is synchronised
/// @param source what keeps it so, as far as that is known
/// @param errorUs by how much it may be wrong, as the system estimates, in microseconds; 0 if unknown
public record SystemClock(Sync sync, Source source, int errorUs) {
    /// Nothing is known.
    public static final SystemClock UNKNOWN = new SystemClock(Sync.UNKNOWN, Source.UNKNOWN, 0);

    /// Whether a clock is synchronised.
    public enum Sync {
        /// The system does not say.
        UNKNOWN(0),
        /// It is.
        SYNCHRONIZED(1),
        /// It runs free.
        UNSYNCHRONIZED(2);

        private final int code;

        Sync(int code) {
            this.code = code;
        }

        /// In messages.
        public int code() {
            return code;
        }

        /// The one with this code, null if there is none.
        public static @Nullable Sync of(int code) {
            for (Sync sync : values()) {
                if (sync.code == code) {
                    return sync;
                }
            }
            return null;
        }
    }

    /// What keeps a clock right.
    public enum Source {
        /// The system does not say, or nothing does.
        UNKNOWN(0),
        /// The kernel says that it is kept right, not by what.
        KERNEL(1),
        /// systemd-timesyncd.
        TIMESYNCD(2),
        /// chronyd.
        CHRONY(3),
        /// ntpd.
        NTPD(4);

        private final int code;

        Source(int code) {
            this.code = code;
        }

        /// In messages.
        public int code() {
            return code;
        }

        /// The one with this code, null if there is none.
        public static @Nullable Source of(int code) {
            for (Source source : values()) {
                if (source.code == code) {
                    return source;
                }
            }
            return null;
        }
    }
}
