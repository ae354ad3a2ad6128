package net.testudo.element.cluster;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.testudo.element.net.MacAddress;

/// From which cluster ports each serial number was announced lately. A serial number with two of them is one that two
/// devices carry: neither is admitted, and nothing is concluded from what they announce.
final class SerialNumbers {
    /// A device that is replaced or gets another port must have been quiet for so long.
    static final long FORGET_NS = 30_000_000_000L;
    /// Anybody can announce anything: more are not followed, as more than two ports of one are not.
    static final int COUNT_MAX = 256;

    private static final int PORTS_MAX = 2;

    private final String own;
    private final SortedMap<String, SortedMap<MacAddress, Long>> announcedNs = new TreeMap<>();
    /// Until then there is nothing to forget.
    private long lookNs;

    /// @param own serial number of this device: whoever else announces it is another device
    SerialNumbers(String own) {
        this.own = own;
    }

    void announced(String serial, MacAddress mac, long nowNs) {
        var ports = announcedNs.get(serial);
        if (ports == null) {
            if (announcedNs.size() >= COUNT_MAX) {
                return;
            }
            ports = new TreeMap<>();
            announcedNs.put(serial, ports);
        }
        if (ports.size() < PORTS_MAX || ports.containsKey(mac)) {
            ports.put(mac, nowNs);
        }
    }

    /// Whether two devices carry `serial`.
    boolean isDuplicate(String serial) {
        var ports = announcedNs.get(serial);
        return ports != null && ports.size() >= (serial.equals(own) ? 1 : 2);
    }

    /// All that two devices carry.
    Set<String> duplicates() {
        Set<String> duplicates = Set.of();
        for (String serial : announcedNs.keySet()) {
            if (isDuplicate(serial)) {
                duplicates = duplicates.isEmpty() ? new TreeSet<>() : duplicates;
                duplicates.add(serial);
            }
        }
        return duplicates;
    }

    void forget(long nowNs) {
        if (nowNs - lookNs <= 0) {
            return;
        }
        lookNs = nowNs + FORGET_NS;
        announcedNs.values().removeIf(ports -> {
            ports.values().removeIf(heardNs -> nowNs - heardNs > FORGET_NS);
            ports.values().forEach(heardNs -> lookNs = Math.min(lookNs, heardNs + FORGET_NS));
            return ports.isEmpty();
        });
    }
}
