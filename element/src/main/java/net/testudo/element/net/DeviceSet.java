package net.testudo.element.net;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// A set of devices by their number in the cluster (1 to 63), one bit each. Iteration order is ascending.
///
/// What equals an operand is that operand: sets are made anew in every turn, and seldom change.
public record DeviceSet(long bits) {
    /// The highest device number.
    public static final int DEVICE_MAX = 63;
    /// No device.
    public static final DeviceSet NONE = new DeviceSet(0);

    /// The set of the given devices.
    public static DeviceSet of(int... devices) {
        DeviceSet set = NONE;
        for (int device : devices) {
            set = set.with(device);
        }
        return set;
    }

    /// This set and `device`.
    public DeviceSet with(int device) {
        return having(bits | bit(device));
    }

    /// This set without `device`.
    public DeviceSet without(int device) {
        return having(bits & ~bit(device));
    }

    /// Whether `device` is in the set; no set holds 0, which stands for "no device".
    public boolean contains(int device) {
        return device > 0 && device <= DEVICE_MAX && (bits & bit(device)) != 0;
    }

    /// The number of devices.
    public int size() {
        return Long.bitCount(bits);
    }

    /// Whether there is none.
    public boolean isEmpty() {
        return bits == 0;
    }

    /// The devices in both sets.
    public DeviceSet and(DeviceSet other) {
        long both = bits & other.bits;
        return both == other.bits ? other : having(both);
    }

    /// The devices in either set.
    public DeviceSet or(DeviceSet other) {
        long either = bits | other.bits;
        return either == other.bits ? other : having(either);
    }

    /// The devices of this set that are not in `other`.
    public DeviceSet minus(DeviceSet other) {
        return having(bits & ~other.bits);
    }

    /// The lowest device, or 0 if there is none.
    public int first() {
        return bits == 0 ? 0 : Long.numberOfTrailingZeros(bits);
    }

    /// The lowest device above `device`, or 0: `for (int d = s.first(); d != 0; d = s.next(d))`.
    public int next(int device) {
        long above = device >= DEVICE_MAX ? 0 : bits & -1L << (device + 1);
        return above == 0 ? 0 : Long.numberOfTrailingZeros(above);
    }

    @Override
    public String toString() {
        return LongStream.rangeClosed(1, DEVICE_MAX)
                .filter(d -> contains((int) d))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// The set with these bits, which is this one if it has them.
    public DeviceSet having(long newBits) {
        return newBits == bits ? this : newBits == 0 ? NONE : new DeviceSet(newBits);
    }

    private static long bit(int device) {
        if (device < 1 || device > DEVICE_MAX) {
            throw new IllegalArgumentException("device number out of 1.." + DEVICE_MAX + ": " + device);
        }
        return 1L << device;
    }
}
