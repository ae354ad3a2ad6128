package net.testudo.element.wire.cluster;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.net.DeviceSet;

/// What a configuration revision is, without its content. The hash of the header is the hash of the revision; it
/// does not cover the epoch, so that a revision that is prepared again by another master stays the same.
///
/// @param number 1 for the first, then ascending by one
/// @param parent hash of the revision before, [Digest#ZERO] for the first
/// @param contentHash of the content
/// @param voters the devices that decide from this revision on
/// @param tieBreaker in an even set of four or more voters the device whose side is the majority of an even
///     split, else 0
/// @param numbers the device numbers given so far, by serial number. A number stays with its device for ever: a former
///     member that does not know yet that it was removed still uses its own
/// @param keys the public keys of the devices that were admitted, by device number
/// @param engineBoots activations of the cluster's SNMP engine
/// @param commitId by which a client finds its commit again, empty for the cluster's own revisions
/// @param note who made it, and when
public record RevisionHeader(
        long number,
        Digest parent,
        Digest contentHash,
        DeviceSet voters,
        int tieBreaker,
        SortedMap<String, Integer> numbers,
        SortedMap<Integer, DeviceKey> keys,
        long engineBoots,
        String commitId,
        RevisionNote note) {
    /// Keeps its own copy of numbers and keys.
    public RevisionHeader {
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    /// Whether the same devices decide under both: the same voters, and the same tie-breaker.
    public boolean decidesLike(RevisionHeader other) {
        return voters.equals(other.voters) && tieBreaker == other.tieBreaker;
    }

    /// The hash of the revision.
    public Digest hash() {
        OctetWriter out = new OctetWriter(512);
        emit(out);
        return out.digest();
    }

    /// All devices that were ever given a number.
    public DeviceSet devices() {
        long bits = 0;
        for (int device : numbers.values()) {
            bits |= 1L << device;
        }
        return new DeviceSet(bits);
    }

    void emit(OctetWriter out) {
        out.i64(number);
        parent.emit(out);
        contentHash.emit(out);
        out.i64(voters.bits()).u8(tieBreaker).i64(engineBoots).text(commitId);
        note.emit(out);
        out.u16(numbers.size());
        numbers.forEach((serial, device) -> out.text(serial).u8(device));
        out.u8(keys.size());
        keys.forEach((device, key) -> key.emit(out.u8(device)));
    }

    static RevisionHeader parse(OctetReader in) {
        long number = in.i64();
        Digest parent = Digest.parse(in);
        Digest content = Digest.parse(in);
        DeviceSet voters = devices(in);
        int tieBreaker = in.u8();
        long engineBoots = in.i64();
        String commitId = in.text();
        RevisionNote note = RevisionNote.parse(in);
        SortedMap<String, Integer> numbers = new TreeMap<>();
        int count = in.u16();
        for (int i = 0; i < count && in.sound(); i++) {
            String serial = in.text();
            numbers.put(serial, device(in));
        }
        SortedMap<Integer, DeviceKey> keys = new TreeMap<>();
        int keyCount = in.u8();
        for (int i = 0; i < keyCount && in.sound(); i++) {
            int device = device(in);
            keys.put(device, DeviceKey.parse(in));
        }
        if (tieBreaker > DeviceSet.DEVICE_MAX) {
            in.reject();
        }
        return new RevisionHeader(
                number, parent, content, voters, tieBreaker, numbers, keys, engineBoots, commitId, note);
    }

    private static int device(OctetReader in) {
        int device = in.u8();
        if (device < 1 || device > DeviceSet.DEVICE_MAX) {
            in.reject();
        }
        return device;
    }

    static DeviceSet devices(OctetReader in) {
        long bits = in.i64();
        if ((bits & 1) != 0) {
            in.reject();
            return DeviceSet.NONE;
        }
        return new DeviceSet(bits);
    }
}
