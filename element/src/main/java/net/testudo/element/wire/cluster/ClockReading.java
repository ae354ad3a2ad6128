package net.testudo.element.wire.cluster;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.management.SystemClock;
import net.testudo.element.management.SystemClock.Source;
import net.testudo.element.management.SystemClock.Sync;
import net.testudo.element.net.DeviceSet;

/// What a status says of clocks, from version 2 of the protocol on (FRM-13): sync (1), source (1), error (4), wall
/// clock (8), how many devices (1), and for each its number (1) and how long its status was held (4).
///
/// @param system what the sender's system says of its wall clock
/// @param wallMs the sender's wall clock when the status was sent, Unix time in milliseconds; 0 if unknown
/// @param heldNs by device number: how long before it was sent the echoed status was heard. Times above two seconds
///     are left out
public record ClockReading(SystemClock system, long wallMs, SortedMap<Integer, Integer> heldNs) {
    /// From this version on.
    static final int VERSION = 2;
    /// It is not said how long the status was held.
    public static final long NOT_HELD = -1;
    /// Nothing is said.
    public static final ClockReading UNKNOWN = new ClockReading(SystemClock.UNKNOWN, 0, new TreeMap<>());

    /// Keeps its own copy.
    public ClockReading {
        heldNs = Collections.unmodifiableSortedMap(new TreeMap<>(heldNs));
    }

    /// How long the status of `device` was held, [#NOT_HELD] if that is not said.
    public long heldNs(int device) {
        Integer held = heldNs.get(device);
        return held == null ? NOT_HELD : held;
    }

    void emit(OctetWriter out) {
        out.u8(system.sync().code()).u8(system.source().code()).u32(system.errorUs());
        out.i64(wallMs).u8(heldNs.size());
        heldNs.forEach((device, held) -> out.u8(device).u32(held));
    }

    static ClockReading parse(OctetReader in) {
        Sync sync = Sync.of(in.u8());
        Source source = Source.of(in.u8());
        int errorUs = in.u32();
        long wallMs = in.i64();
        SortedMap<Integer, Integer> heldNs = new TreeMap<>();
        for (int left = in.u8(); left > 0 && in.sound(); left--) {
            int device = in.u8();
            int held = in.u32();
            if (device < 1 || device > DeviceSet.DEVICE_MAX || held < 0 || heldNs.put(device, held) != null) {
                in.reject();
            }
        }
        if (sync == null || source == null || errorUs < 0) {
            in.reject();
            return UNKNOWN;
        }
        return new ClockReading(new SystemClock(sync, source, errorUs), wallMs, heldNs);
    }
}
