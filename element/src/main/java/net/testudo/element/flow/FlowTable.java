package net.testudo.element.flow;

import java.util.Arrays;

/// Flows of a device, found by either key or by id in constant time; parallel arrays, allocated once. A flow lives in a
/// slot until it is removed. What finds by key answers `slot << 1 | direction`, direction 0 forward, 1 reverse.
public final class FlowTable {
    /// Answer of a search that found nothing.
    public static final int NONE = -1;
    /// Answer of [#insert] when all slots are taken.
    public static final int FULL = -2;
    /// Answer of [#insert] when another flow has one of the keys.
    public static final int CONFLICT = -3;

    private final long seed;
    private final long[] id;
    private final long[][] addresses = new long[2][];
    private final long[][] ports = new long[2][];
    private final long[][] mac = new long[2][];
    private final int[][] sequence = new int[2][];
    private final long[] boot;
    private final long[] lapse;
    private final long[] epoch;
    private final long[] generation;
    private final long[] lastSeenNs;
    private final long[] stamp;
    private final byte[] owner;
    private final byte[] status;
    private final byte[] state;
    private final byte[] flags;
    private final byte[] seeded;
    private final boolean[] linked;
    private final int[] free;
    private final SlotIndex byKey;
    private final SlotIndex byId;
    private int freeCount;
    private int highWater;

    /// @param capacity how many flows fit
    /// @param seed secret of the hash
    public FlowTable(int capacity, long seed) {
        this.seed = seed;
        id = new long[capacity];
        for (int direction = 0; direction < 2; direction++) {
            addresses[direction] = new long[capacity];
            ports[direction] = new long[capacity];
            mac[direction] = new long[capacity];
            sequence[direction] = new int[capacity];
        }
        boot = new long[capacity];
        lapse = new long[capacity];
        epoch = new long[capacity];
        generation = new long[capacity];
        lastSeenNs = new long[capacity];
        stamp = new long[capacity];
        owner = new byte[capacity];
        status = new byte[capacity];
        state = new byte[capacity];
        flags = new byte[capacity];
        seeded = new byte[capacity];
        linked = new boolean[capacity];
        free = new int[capacity];
        byKey = new SlotIndex(2 * capacity);
        byId = new SlotIndex(capacity);
        clear();
    }

    /// Forgets all flows.
    public void clear() {
        Arrays.fill(id, 0);
        Arrays.fill(linked, false);
        byKey.clear();
        byId.clear();
        freeCount = free.length;
        highWater = 0;
        for (int i = 0; i < free.length; i++) {
            free[i] = free.length - 1 - i;
        }
    }

    /// How many flows fit.
    public int capacity() {
        return free.length;
    }

    /// How many there are.
    public int size() {
        return free.length - freeCount;
    }

    /// Slots from here on were never used since the last [#clear].
    public int highWater() {
        return highWater;
    }

    /// Whether the slot holds a flow.
    public boolean isUsed(int slot) {
        return id[slot] != 0;
    }

    /// The flow with this key, as `slot << 1 | direction`, or [#NONE].
    public int find(long keyAddresses, long keyPorts) {
        long hash = hash(keyAddresses, keyPorts);
        int cell = byKey.seek(hash, byKey.start(hash));
        while (cell >= 0) {
            int found = byKey.value(cell);
            int slot = found >>> 1;
            if (addresses[found & 1][slot] == keyAddresses && ports[found & 1][slot] == keyPorts) {
                return found;
            }
            cell = byKey.seek(hash, byKey.next(cell));
        }
        return NONE;
    }

    /// The slot of the flow with this id, or [#NONE].
    public int findId(long flowId) {
        long hash = SlotIndex.mix(flowId ^ seed);
        int cell = byId.seek(hash, byId.start(hash));
        while (cell >= 0 && id[byId.value(cell)] != flowId) {
            cell = byId.seek(hash, byId.next(cell));
        }
        return cell < 0 ? NONE : byId.value(cell);
    }

    /// Adds a flow.
    ///
    /// @return its slot, or [#FULL] or [#CONFLICT] (also if the id is known)
    public int insert(FlowRecord flow, FlowStatus flowStatus, long nowNs) {
        DirectionKey forward = flow.forward();
        DirectionKey reverse = flow.reverse();
        if (find(forward.addresses(), forward.ports()) >= 0
                || find(reverse.addresses(), reverse.ports()) >= 0
                || findId(flow.id()) >= 0
                || forward.equals(reverse)) {
            return CONFLICT;
        }
        if (freeCount == 0) {
            return FULL;
        }
        int slot = free[--freeCount];
        highWater = Math.max(highWater, slot + 1);
        id[slot] = flow.id();
        addresses[0][slot] = forward.addresses();
        ports[0][slot] = forward.ports();
        addresses[1][slot] = reverse.addresses();
        ports[1][slot] = reverse.ports();
        lastSeenNs[slot] = nowNs;
        seeded[slot] = 0;
        stamp[slot] = 0;
        update(slot, flow, flowStatus);
        byKey.put(hash(forward.addresses(), forward.ports()), slot << 1);
        byKey.put(hash(reverse.addresses(), reverse.ports()), (slot << 1) | 1);
        byId.put(SlotIndex.mix(flow.id() ^ seed), slot);
        linked[slot] = true;
        return slot;
    }

    /// Replaces all of a flow but its id and keys.
    void update(int slot, FlowRecord flow, FlowStatus flowStatus) {
        mac[0][slot] = flow.forwardMac();
        mac[1][slot] = flow.reverseMac();
        state[slot] = (byte) flow.state().code();
        flags[slot] = (byte) flow.flags();
        status[slot] = (byte) flowStatus.code();
        own(slot, flow.ownership());
    }

    /// Takes a flow's keys out of the search, so that another may have them.
    void unlink(int slot) {
        if (linked[slot]) {
            byKey.remove(hash(addresses[0][slot], ports[0][slot]), slot << 1);
            byKey.remove(hash(addresses[1][slot], ports[1][slot]), (slot << 1) | 1);
            linked[slot] = false;
        }
    }

    /// Removes a flow.
    void remove(int slot) {
        unlink(slot);
        byId.remove(SlotIndex.mix(id[slot] ^ seed), slot);
        id[slot] = 0;
        free[freeCount++] = slot;
    }

    /// The whole flow.
    public FlowRecord get(int slot) {
        return new FlowRecord(
                id[slot],
                key(slot, 0),
                key(slot, 1),
                mac[0][slot],
                mac[1][slot],
                state(slot),
                flags[slot],
                ownership(slot));
    }

    /// The flow's id.
    public long id(int slot) {
        return id[slot];
    }

    /// One of the flow's keys.
    public DirectionKey key(int slot, int direction) {
        return new DirectionKey(addresses[direction][slot], ports[direction][slot]);
    }

    /// Addresses of the key of packets in this direction.
    public long addresses(int slot, int direction) {
        return addresses[direction][slot];
    }

    /// Ports, protocol and network of the key of packets in this direction.
    public long ports(int slot, int direction) {
        return ports[direction][slot];
    }

    /// The next hop's MAC address of packets in this direction, 48 bits.
    public long mac(int slot, int direction) {
        return mac[direction][slot];
    }

    void setMac(int slot, int direction, long bits) {
        mac[direction][slot] = bits;
    }

    /// Where the connection stands.
    public ConnectionState state(int slot) {
        return ConnectionState.of(state[slot]);
    }

    void setState(int slot, ConnectionState newState) {
        state[slot] = (byte) newState.code();
    }

    /// The flags of [FlowRecord].
    public int flags(int slot) {
        return flags[slot];
    }

    void setFlags(int slot, int newFlags) {
        flags[slot] = (byte) newFlags;
    }

    /// What is known of its ownership.
    public FlowStatus status(int slot) {
        return FlowStatus.of(status[slot]);
    }

    void setStatus(int slot, FlowStatus newStatus) {
        status[slot] = (byte) newStatus.code();
    }

    /// The device that carries it, 0 if none.
    public int owner(int slot) {
        return owner[slot];
    }

    Ownership ownership(int slot) {
        return new Ownership(owner[slot], boot[slot], lapse[slot], epoch[slot], generation[slot]);
    }

    void own(int slot, Ownership ownership) {
        owner[slot] = (byte) ownership.owner();
        boot[slot] = ownership.boot();
        lapse[slot] = ownership.lapse();
        epoch[slot] = ownership.epoch();
        generation[slot] = ownership.generation();
    }

    long boot(int slot) {
        return boot[slot];
    }

    long lapse(int slot) {
        return lapse[slot];
    }

    boolean isAssignment(int slot, long ofEpoch, long ofGeneration) {
        return epoch[slot] == ofEpoch && generation[slot] == ofGeneration;
    }

    /// When its last packet was seen.
    public long lastSeenNs(int slot) {
        return lastSeenNs[slot];
    }

    /// Notes a packet.
    public void touch(int slot, long nowNs) {
        lastSeenNs[slot] = nowNs;
    }

    long stamp(int slot) {
        return stamp[slot];
    }

    void setStamp(int slot, long value) {
        stamp[slot] = value;
    }

    /// The sequence number expected next in this direction (TCP); meaningful if [#isSeeded].
    public int sequence(int slot, int direction) {
        return sequence[direction][slot];
    }

    /// Whether a packet of this direction was seen since this device carries the flow.
    public boolean isSeeded(int slot, int direction) {
        return ((seeded[slot] >> direction) & 1) != 0;
    }

    /// Notes the sequence number expected next in this direction.
    public void seed(int slot, int direction, int nextSequence) {
        sequence[direction][slot] = nextSequence;
        seeded[slot] |= (byte) (1 << direction);
    }

    void unseed(int slot) {
        seeded[slot] = 0;
    }

    private long hash(long keyAddresses, long keyPorts) {
        return SlotIndex.mix(SlotIndex.mix(keyAddresses ^ seed) + keyPorts);
    }
}
