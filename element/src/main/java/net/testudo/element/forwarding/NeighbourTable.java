package net.testudo.element.forwarding;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import net.testudo.element.flow.DataFrame;

/// MAC addresses of next hops, as the master learnt them by ARP, and packets that wait for one.
final class NeighbourTable {
    private static final int ENTRIES_MAX = 4_096;
    private static final int WAITING_MAX = 512;
    private static final int WAITING_PER_HOP_MAX = 16;
    private static final long ASK_AGAIN_NS = 500_000_000L;
    private static final int TRIES_MAX = 3;
    private static final long REFRESH_NS = 30_000_000_000L;
    /// So many known next hops are asked again in one turn: after a takeover all may be due at once.
    private static final int REFRESHES_PER_TURN = 64;

    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private final Requests requests;
    private final Changes changes;
    private final NextHopSync sync = new NextHopSync(this);
    private int waiting;
    private int known;
    /// Before this no entry is due; an answer only makes one due later.
    private long lookNs;

    /// Sends a request.
    @FunctionalInterface
    interface Requests {
        void ask(int network, int address, long nowNs);
    }

    /// Is told what becomes of next hops.
    interface Changes {
        /// A next hop moved to another MAC address.
        void moved(int network, long oldMac, long newMac);

        /// A packet that waited for a next hop goes on.
        void resume(DataFrame frame, long nowNs);

        /// A packet waited for a next hop that does not answer.
        void unreachable(DataFrame frame, long nowNs);
    }

    private static final class Entry {
        final int network;
        final int address;
        long mac;
        long askedNs;
        long confirmedNs;
        int tries;
        final List<byte[]> frames = new ArrayList<>();
        final List<Integer> networks = new ArrayList<>();

        Entry(int network, int address) {
            this.network = network;
            this.address = address;
        }

        /// When it is to be asked (again).
        long dueNs() {
            return tries > 0 ? askedNs + ASK_AGAIN_NS : confirmedNs + REFRESH_NS;
        }
    }

    NeighbourTable(Requests requests, Changes changes) {
        this.requests = requests;
        this.changes = changes;
    }

    /// What the backup master gets of this.
    NextHopSync sync() {
        return sync;
    }

    void clear() {
        forEachKnown(sync::changed);
        entries.clear();
        waiting = 0;
        known = 0;
    }

    /// Forgets what is known; questions that are under way go on.
    void forget() {
        entries.values().removeIf(entry -> entry.frames.isEmpty());
        known = 0;
        entries.values().forEach(entry -> known += entry.mac != 0 ? 1 : 0);
    }

    /// Another device resolved this next hop; what this device is about to learn itself is newer.
    ///
    /// @param mac 0 if it is gone
    void put(int network, int address, long mac, long nowNs) {
        Entry entry = entries.get(key(network, address));
        if (entry != null && !entry.frames.isEmpty()) {
            return;
        }
        if (mac == 0) {
            known -= entry != null && entry.mac != 0 ? 1 : 0;
            entries.remove(key(network, address));
        } else if (entry != null || entries.size() < ENTRIES_MAX) {
            Entry taken = entry == null ? new Entry(network, address) : entry;
            entries.put(key(network, address), taken);
            setMac(taken, mac);
            taken.confirmedNs = nowNs;
            taken.tries = 0;
        }
    }

    private void setMac(Entry entry, long mac) {
        if (entry.mac != mac) {
            known += entry.mac == 0 ? 1 : 0;
            entry.mac = mac;
            sync.changed(key(entry.network, entry.address));
        }
    }

    /// How many next hops are known.
    int known() {
        return known;
    }

    /// The MAC address of a next hop, 0 if it is not known.
    ///
    /// @param key network and address
    long mac(long key) {
        Entry entry = entries.get(key);
        return entry == null ? 0 : entry.mac;
    }

    /// Names each known next hop by network and address.
    void forEachKnown(LongConsumer consumer) {
        for (Entry entry : entries.values()) {
            if (entry.mac != 0) {
                consumer.accept(key(entry.network, entry.address));
            }
        }
    }

    /// The MAC address of a next hop, or 0; then the frame waits for it if there is room.
    ///
    /// @return the address; 0 if the frame waits; -1 if it was dropped
    long resolve(int network, int address, DataFrame frame, long nowNs) {
        Entry entry = entries.get(key(network, address));
        if (entry == null) {
            if (entries.size() >= ENTRIES_MAX) {
                return -1;
            }
            entry = new Entry(network, address);
            entries.put(key(network, address), entry);
        }
        if (entry.mac != 0) {
            return entry.mac;
        }
        if (entry.tries == 0) {
            ask(entry, nowNs);
        }
        if (waiting >= WAITING_MAX || entry.frames.size() >= WAITING_PER_HOP_MAX) {
            return -1;
        }
        waiting++;
        entry.frames.add(frame.buffer().asSlice(frame.offset(), frame.length()).toArray(ValueLayout.JAVA_BYTE));
        entry.networks.add(frame.network());
        return 0;
    }

    /// `address` is at `mac`. Only what was asked for is learnt.
    void learn(int network, int address, long mac, long nowNs) {
        Entry entry = entries.get(key(network, address));
        if (entry == null) {
            return;
        }
        long before = entry.mac;
        setMac(entry, mac);
        entry.confirmedNs = nowNs;
        entry.tries = 0;
        if (before != 0 && before != mac) {
            changes.moved(network, before, mac);
        }
        release(entry, true, nowNs);
    }

    /// Asks again where there was no answer, and refreshes what is old.
    void doWork(long nowNs) {
        if (nowNs - lookNs < 0) {
            return;
        }
        lookNs = nowNs + REFRESH_NS;
        List<Entry> dead = new ArrayList<>();
        int refreshes = 0;
        for (Iterator<Entry> i = entries.values().iterator(); i.hasNext(); ) {
            Entry entry = i.next();
            boolean due = nowNs - entry.dueNs() >= 0;
            if (due && entry.tries >= TRIES_MAX) {
                i.remove();
                known -= entry.mac != 0 ? 1 : 0;
                sync.changed(key(entry.network, entry.address));
                dead.add(entry);
            } else if (due && (entry.tries > 0 || refreshes++ < REFRESHES_PER_TURN)) {
                ask(entry, nowNs);
            } else {
                lookAt(entry.dueNs());
            }
        }
        dead.forEach(entry -> release(entry, false, nowNs));
    }

    private void ask(Entry entry, long nowNs) {
        entry.tries++;
        entry.askedNs = nowNs;
        lookAt(entry.dueNs());
        requests.ask(entry.network, entry.address, nowNs);
    }

    private void lookAt(long dueNs) {
        lookNs = dueNs - lookNs < 0 ? dueNs : lookNs;
    }

    private void release(Entry entry, boolean found, long nowNs) {
        List<byte[]> frames = List.copyOf(entry.frames);
        List<Integer> networks = List.copyOf(entry.networks);
        entry.frames.clear();
        entry.networks.clear();
        waiting -= frames.size();
        for (int i = 0; i < frames.size(); i++) {
            byte[] octets = frames.get(i);
            DataFrame frame = new DataFrame().wrap(networks.get(i), MemorySegment.ofArray(octets), 0, octets.length);
            if (found) {
                changes.resume(frame, nowNs);
            } else {
                changes.unreachable(frame, nowNs);
            }
        }
    }

    private static long key(int network, int address) {
        return ((long) network << 32) | (address & 0xffff_ffffL);
    }
}
