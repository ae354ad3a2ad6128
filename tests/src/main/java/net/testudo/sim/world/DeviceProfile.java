package net.testudo.sim.world;

import net.testudo.element.cluster.Timing;

/// What distinguishes one simulated device from another.
///
/// @param serial number; two devices may be given the same one
/// @param timing times of the cluster protocol
/// @param clock its monotonic clock
/// @param latenessNs how late its thread is usually scheduled, at most
/// @param lateShare share of the turns that come up to thirty times later than that
public record DeviceProfile(String serial, Timing timing, SimClock clock, long latenessNs, double lateShare) {
    /// The other device that may stand in its place: the same but for the serial number.
    public DeviceProfile exchanged() {
        String other = (serial.startsWith("S") ? "R" : "S") + serial.substring(1);
        return new DeviceProfile(other, timing, clock, latenessNs, lateShare);
    }

    /// Its join key, hexadecimal: 32 octets made from its serial number.
    public String joinKey() {
        return joinKey(serial);
    }

    /// The join key of the device with this serial number.
    public static String joinKey(String serial) {
        return String.format("%08x", serial.hashCode()).repeat(8);
    }

    /// A device on an idle machine with a perfect clock.
    public static DeviceProfile calm(String serial, Timing timing) {
        return new DeviceProfile(serial, timing, new SimClock(0, 1), 20_000, 0);
    }
}
