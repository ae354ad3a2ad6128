package net.testudo.element.forwarding;

import java.util.LinkedHashSet;
import net.testudo.element.flow.SyncSink;
import net.testudo.element.flow.SyncSource;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;

/// The next hops that the master resolved, as a class of run-time data: the next master need not ask for each of them
/// in
/// the moment in which all their packets come to it.
///
/// A record is network (1 octet), address (4), MAC address (8), 0 for one that is gone.
final class NextHopSync implements SyncSource, SyncSink {
    private static final long MAC_MAX = 0xffff_ffff_ffffL;

    private final NeighbourTable table;
    private final LinkedHashSet<Long> changes = new LinkedHashSet<>();
    private boolean running;
    private boolean transferred;

    NextHopSync(NeighbourTable table) {
        this.table = table;
    }

    /// A next hop is known, has another MAC address, or is gone.
    ///
    /// @param key network and address
    void changed(long key) {
        if (running) {
            changes.add(key);
        }
    }

    @Override
    public void restart() {
        stop();
        running = true;
        table.forEachKnown(changes::add);
    }

    @Override
    public void stop() {
        running = false;
        transferred = false;
        changes.clear();
    }

    @Override
    public boolean next(OctetWriter record) {
        if (changes.isEmpty()) {
            transferred = true;
            return false;
        }
        long key = changes.removeFirst();
        record.u8((int) (key >>> 32)).u32((int) key).i64(table.mac(key));
        return true;
    }

    @Override
    public boolean isTransferred() {
        return transferred;
    }

    @Override
    public long held() {
        return table.known();
    }

    @Override
    public long waiting() {
        return changes.size();
    }

    @Override
    public void begin(int from, long stream) {
        table.forget();
    }

    @Override
    public Taken apply(int from, OctetReader record, long nowNs) {
        int network = record.u8();
        int address = record.u32();
        long mac = record.i64();
        if (!record.complete() || mac < 0 || mac > MAC_MAX) {
            return Taken.MALFORMED;
        }
        table.put(network, address, mac, nowNs);
        return Taken.TAKEN;
    }

    @Override
    public void complete(int from, long stream, long nowNs) {
        // What is known can be used at once.
    }
}
