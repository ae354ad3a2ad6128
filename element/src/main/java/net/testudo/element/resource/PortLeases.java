package net.testudo.element.resource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.testudo.element.flow.SyncSource;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// The leases of ports, as the master keeps them and the backup master copies them: which block of a pool is which
/// device's, and which of its ports flows have (RES-04 to RES-06).
///
/// A port is taken and given back in constant time. Of a device's free ports the one that rested longest is taken; as
/// long as a pool has free blocks, none is taken that has not rested for [#REST_NS]. A further block is leased when
/// half a block of rested ports is left, early enough for the backup to know of it before it is used.
public final class PortLeases implements SyncSource {
    /// No port is free.
    public static final int NONE = -1;
    /// How long a port rests: packets of its former flow may still be under way.
    static final long REST_NS = 10_000_000_000L;

    private static final int SWEEP_BLOCKS = 16;
    /// The blocks that a former master may have leased without the backup's knowledge.
    private static final int UNKNOWN_GRANTS = 2;

    private final ArrayDeque<LeaseBlock> changes = new ArrayDeque<>();
    private final ArrayDeque<LeaseBlock> unsent = new ArrayDeque<>();
    private final ArrayDeque<LeaseBlock> told = new ArrayDeque<>();
    private List<LeasePool> configured = List.of();
    private List<PortLine> lines = List.of();
    private List<PoolLeases> pools = List.of();
    private boolean running;
    private boolean transferred;
    private boolean replicated;
    private int used;
    private int sweptPool;
    private int sweptBlock;
    private long nowNs;

    /// Leases of no pool yet.
    public PortLeases(long nowNs) {
        this.nowNs = nowNs;
    }

    /// Sets the pools of the configuration that holds from now on. From a block that is cut otherwise now nothing more
    /// is taken.
    public void pools(List<LeasePool> newPools) {
        if (newPools.equals(configured)) {
            return;
        }
        List<LeaseBlock> before = new ArrayList<>();
        pools.forEach(pool -> before.addAll(pool.blocks));
        List<PortLine> newLines = new ArrayList<>();
        List<PoolLeases> newLeases = new ArrayList<>();
        for (LeasePool pool : newPools) {
            PortLine line = PortLine.find(newLines, pool.line());
            if (line == null) {
                line = new PortLine(pool.line(), PortLine.find(lines, pool.line()));
                newLines.add(line);
            }
            newLeases.add(new PoolLeases(pool, line));
        }
        configured = List.copyOf(newPools);
        lines = newLines;
        pools = newLeases;
        before.forEach(block -> learn(block.line.address, block.first, block.last, block.holder, block.state));
        resume();
    }

    /// This device leads, or does not any more: flows are told anew, each by [#use]. What was copied holds, and rests.
    public void relearn() {
        for (PortLine line : lines) {
            line.used.clear();
            line.touched.clear();
        }
        resume();
    }

    private void resume() {
        used = lines.stream().mapToInt(line -> line.used.cardinality()).sum();
        for (PoolLeases pool : pools) {
            for (LeaseBlock block : pool.blocks) {
                block.used = block.line.used.get(block.first, block.last + 1).cardinality();
                block.usedUntilNs = nowNs;
                if (block.state != LeaseState.FREE) {
                    Arrays.fill(block.line.freedNs, block.first, block.last + 1, nowNs);
                }
            }
            pool.takeOver(UNKNOWN_GRANTS);
        }
        sweptPool = 0;
        sweptBlock = 0;
        if (running) {
            restart();
        }
    }

    /// Takes a free port of a pool for a flow of `device`.
    ///
    /// @param pool place in the list given to [#pools]
    /// @return the port, or [#NONE]
    public int take(int pool, int device) {
        PoolLeases leases = pools.get(pool);
        PortQueue queue = leases.queue(device);
        int early = Math.max(1, leases.pool.blockSize() / 2);
        if (!queue.holds(early, nowNs - REST_NS) && !leases.isAwaiting(device)) {
            lease(leases, device);
        }
        int port = queue.poll();
        if (port != NONE) {
            mark(leases.line, port);
        }
        return port;
    }

    /// Gives back a port of a pool whose flow was not opened.
    public void giveBack(int pool, int port) {
        giveBackOf(configured.get(pool).line(), port);
    }

    /// Gives back a port of a cluster address.
    public void giveBackOf(int address, int port) {
        PortLine line = PortLine.find(lines, address);
        if (line == null || !line.used.get(port)) {
            return;
        }
        line.used.clear(port);
        line.freedNs[port] = nowNs;
        used--;
        LeaseBlock block = line.blocks[port];
        if (block != null) {
            block.used--;
            block.usedUntilNs = nowNs;
            if (block.state == LeaseState.ACTIVE) {
                block.pool.queue(block.holder).addLast(port);
            }
        }
    }

    /// A flow that became known, carried by `owner`, has this port. If its block is nobody's, nothing more is taken
    /// from it.
    public void use(int address, int port, int owner) {
        PortLine line = PortLine.find(lines, address);
        if (line == null || line.used.get(port)) {
            return;
        }
        mark(line, port);
        LeaseBlock block = line.blocks[port];
        if (block != null && block.state == LeaseState.FREE) {
            block.state = LeaseState.DRAINING;
            block.holder = owner;
            change(block);
        }
    }

    private void mark(PortLine line, int port) {
        line.used.set(port);
        line.touched.set(port);
        used++;
        LeaseBlock block = line.blocks[port];
        if (block != null) {
            block.used++;
        }
    }

    /// Whether a flow has this port of a cluster address.
    public boolean isUsed(int address, int port) {
        PortLine line = PortLine.find(lines, address);
        return line != null && line.used.get(port);
    }

    /// Whether no flow had this port of a cluster address since [#relearn].
    public boolean isUntouched(int address, int port) {
        PortLine line = PortLine.find(lines, address);
        return line != null && !line.touched.get(port);
    }

    /// Ports in use.
    public int used() {
        return used;
    }

    /// Blocks that are not free.
    public int leasedBlocks() {
        int leased = 0;
        for (PoolLeases pool : pools) {
            for (LeaseBlock block : pool.blocks) {
                leased += block.state == LeaseState.FREE ? 0 : 1;
            }
        }
        return leased;
    }

    /// Notes the time of a turn.
    public void time(long turnNs) {
        nowNs = turnNs;
    }

    /// One turn of the master.
    ///
    /// @param mayHold devices that may carry flows; what others hold drains
    /// @param assignable devices that may be given flows: each has a block at hand
    public void doWork(DeviceSet mayHold, DeviceSet assignable) {
        for (int i = 0; i < pools.size(); i++) {
            PoolLeases pool = pools.get(i);
            for (int device = assignable.first(); device != 0; device = assignable.next(device)) {
                if (!pool.queue(device).holds(1, nowNs) && !pool.isAwaiting(device)) {
                    lease(pool, device);
                }
            }
        }
        for (int i = 0; i < SWEEP_BLOCKS; i++) {
            LeaseBlock block = nextBlock();
            if (block != null && block.state != LeaseState.FREE) {
                sweep(block, mayHold);
            }
        }
    }

    private @Nullable LeaseBlock nextBlock() {
        if (sweptPool >= pools.size()) {
            sweptPool = 0;
            sweptBlock = 0;
            return null;
        }
        List<LeaseBlock> blocks = pools.get(sweptPool).blocks;
        if (sweptBlock >= blocks.size()) {
            sweptPool++;
            sweptBlock = 0;
            return null;
        }
        return blocks.get(sweptBlock++);
    }

    private void sweep(LeaseBlock block, DeviceSet mayHold) {
        boolean idle = block.isIdle(nowNs - REST_NS);
        if (block.state == LeaseState.DRAINING) {
            if (idle) {
                block.pool.release(block);
                change(block);
            }
        } else if (!mayHold.contains(block.holder)) {
            block.pool.close(block);
            block.usedUntilNs = nowNs;
            change(block);
        } else if (idle && isSurplus(block)) {
            block.pool.release(block);
            change(block);
        }
    }

    private static boolean isSurplus(LeaseBlock block) {
        return block.state == LeaseState.ACTIVE
                && block.pool.leased(block.holder) > 1
                && block.pool.queue(block.holder).size() >= 2 * block.pool.pool.blockSize();
    }

    private void lease(PoolLeases pool, int device) {
        LeaseBlock block = pool.choose(device);
        if (block != null) {
            change(block);
            if (!replicated) {
                pool.open(block);
            }
        }
    }

    // --- the copy at the backup master

    /// The master's leases follow.
    void forget() {
        for (PoolLeases pool : pools) {
            for (LeaseBlock block : pool.blocks) {
                block.state = LeaseState.FREE;
                block.holder = 0;
            }
        }
    }

    /// The master has leased these ports.
    void learn(int address, int first, int last, int holder, LeaseState state) {
        PortLine line = PortLine.find(lines, address);
        for (int port = first; line != null && port <= last; port++) {
            LeaseBlock block = line.blocks[port];
            if (block == null) {
                continue;
            }
            boolean same = block.first == first && block.last == last;
            if (same || state != LeaseState.FREE) {
                block.state = same ? state : LeaseState.DRAINING;
                block.holder = holder;
            }
            port = block.last;
        }
    }

    // --- the copy at the master

    private void change(LeaseBlock block) {
        if (running && !block.changed) {
            block.changed = true;
            changes.add(block);
        }
    }

    @Override
    public void restart() {
        stop();
        running = true;
        for (PoolLeases pool : pools) {
            for (LeaseBlock block : pool.blocks) {
                if (block.state != LeaseState.FREE) {
                    change(block);
                }
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        transferred = false;
        replicated = false;
        changes.clear();
        unsent.clear();
        told.clear();
        for (PoolLeases pool : pools) {
            for (LeaseBlock block : pool.blocks) {
                block.changed = false;
                if (block.state == LeaseState.PENDING) {
                    pool.open(block);
                }
            }
        }
    }

    @Override
    public boolean isTransferred() {
        return transferred;
    }

    @Override
    public long held() {
        return leasedBlocks();
    }

    @Override
    public long waiting() {
        return changes.size();
    }

    @Override
    public boolean next(OctetWriter record) {
        LeaseBlock block = changes.poll();
        if (block == null) {
            transferred = true;
            return false;
        }
        block.changed = false;
        unsent.add(block);
        record.u32(block.line.address)
                .u16(block.first)
                .u16(block.last)
                .u8(block.holder)
                .u8(block.state.code());
        return true;
    }

    @Override
    public void sent(long sequence) {
        for (LeaseBlock block = unsent.poll(); block != null; block = unsent.poll()) {
            block.sequence = sequence;
            told.add(block);
        }
    }

    @Override
    public void acknowledged(long sequence) {
        while (!told.isEmpty() && told.element().sequence <= sequence) {
            LeaseBlock block = told.remove();
            if (block.state == LeaseState.PENDING && !block.changed) {
                block.pool.open(block);
            }
        }
        replicated |= transferred && told.isEmpty();
    }
}
