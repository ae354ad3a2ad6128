package net.testudo.element.resource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.testudo.element.resource.LeaseMessage.Grant;
import net.testudo.element.resource.LeaseMessage.Refusal;
import net.testudo.element.resource.LeaseMessage.Report;
import net.testudo.element.resource.LeaseMessage.Request;
import net.testudo.element.resource.LeaseMessage.Return;
import net.testudo.element.resource.LeaseMessage.Revocation;
import org.jspecify.annotations.Nullable;

/// The blocks of ports that this device holds, and the ports it has given to flows.
///
/// [#allocate] and [#release] take constant time and allocate no memory. A port that was released is the last of
/// its block to be given out again. The device asks for a further block when half a block is left, and gives back
/// what it does not need.
public final class PortLeases {
    /// No port is free.
    public static final int NONE = -1;

    private final int device;
    private final long retryNs;
    private final LeaseSink sink;
    private final List<HeldBlock> blocks = new ArrayList<>();
    private List<PoolState> pools = List.of();
    private int[] lines = {};
    private @Nullable HeldBlock[][] byPort = {};
    private long epoch;
    private int master;
    private long lastRequest;

    /// A pool, as far as this device has a part in it.
    private static final class PoolState {
        final LeasePool pool;
        /// Blocks with a free port.
        final ArrayDeque<HeldBlock> available = new ArrayDeque<>();
        int free;
        /// Number of the request under way, 0 if there is none.
        long request;
        long askAgainNs;
        boolean waits;

        PoolState(LeasePool pool) {
            this.pool = pool;
        }
    }

    /// @param device this device
    /// @param retryNs how long it waits before it asks again
    /// @param sink gets the messages for the master
    public PortLeases(int device, long retryNs, LeaseSink sink) {
        this.device = device;
        this.retryNs = retryNs;
        this.sink = sink;
    }

    /// Sets the pools of the configuration that holds from now on. Nothing more is allocated from a block that lies
    /// in none of them.
    public void pools(List<LeasePool> newPools) {
        pools = newPools.stream().map(PoolState::new).toList();
        for (HeldBlock block : blocks) {
            block.pool = poolOf(block.block);
            makeAvailable(block);
        }
    }

    /// Follows a master in its epoch: reports all blocks to it, and takes nothing from a lower epoch any more.
    public void follow(int newMaster, long newEpoch) {
        if (newEpoch <= epoch) {
            return;
        }
        epoch = newEpoch;
        master = newMaster;
        for (PoolState pool : pools) {
            pool.request = 0;
            pool.waits = false;
        }
        report();
    }

    /// Reports all blocks: has to be called at the start of each session with the master that [#follow] named,
    /// because messages of the session before may be lost.
    public void report() {
        List<Long> open = pools.stream()
                .map(pool -> pool.request)
                .filter(number -> number != 0)
                .toList();
        sink.send(master, new Report(epoch, device, blocks(), open));
    }

    /// Gives up everything, and says so: the serving lease lapsed, or the device leaves. Ports of flows that others
    /// took over stay with those flows.
    public void forfeit() {
        blocks.clear();
        for (HeldBlock[] ofLine : byPort) {
            Arrays.fill(ofLine, null);
        }
        pools = pools.stream().map(state -> new PoolState(state.pool)).toList();
        if (master != 0) {
            report();
        }
    }

    /// Handles a message of the master; one of another epoch is ignored.
    public void onMessage(LeaseMessage message, long nowNs) {
        if (message.epoch() != epoch) {
            return;
        }
        switch (message) {
            case Grant grant -> onGrant(grant);
            case Refusal refusal -> onRefusal(refusal, nowNs);
            case Revocation revocation -> remove(revocation.block());
            default -> {
                // What holders send is of no meaning to a holder.
            }
        }
    }

    /// Asks for blocks that are needed, and gives back those that are not.
    public void doWork(long nowNs) {
        if (master == 0) {
            return;
        }
        for (int i = 0; i < pools.size(); i++) {
            PoolState state = pools.get(i);
            boolean wanted = 2 * state.free < state.pool.blockSize() && state.pool.size() > 0;
            if (wanted && !(state.waits && nowNs - state.askAgainNs < 0)) {
                if (state.request == 0) {
                    state.request = ++lastRequest;
                }
                state.waits = true;
                state.askAgainNs = nowNs + retryNs;
                sink.send(master, new Request(epoch, device, state.pool.id(), state.request));
            }
        }
        for (int i = blocks.size() - 1; i >= 0; i--) {
            HeldBlock held = blocks.get(i);
            if (held.isIdle() && isSurplus(held)) {
                remove(held.block);
                sink.send(master, new Return(epoch, device, held.block, 0));
            }
        }
    }

    /// Takes a free port of a pool for a new flow.
    ///
    /// @param pool place in the list given to [#pools]
    /// @return the port, or [#NONE] if this device has no free one at the moment
    public int allocate(int pool) {
        PoolState state = pools.get(pool);
        HeldBlock held = state.available.peekFirst();
        if (held == null) {
            return NONE;
        }
        int port = held.take();
        state.free--;
        if (held.free() == 0) {
            state.available.removeFirst();
        }
        return port;
    }

    /// Gives back a port when its flow has ended, on whichever device it ended.
    ///
    /// @return whether the port was one that this device had given to a flow
    public boolean release(int line, int port) {
        HeldBlock held = find(line, port);
        if (held == null || !held.giveBack(port)) {
            return false;
        }
        PoolState state = held.pool < 0 ? null : pools.get(held.pool);
        if (state != null) {
            state.free++;
            if (held.free() == 1) {
                state.available.addLast(held);
            }
        }
        return true;
    }

    /// Whether this device holds the port.
    public boolean holds(int line, int port) {
        return find(line, port) != null;
    }

    /// Free ports of a pool, given by its place.
    public int free(int pool) {
        return pools.get(pool).free;
    }

    /// All blocks that this device holds, in the order in which they were granted.
    public List<LeaseBlock> blocks() {
        return blocks.stream().map(held -> held.block).toList();
    }

    private void onGrant(Grant grant) {
        boolean wanted = false;
        for (PoolState state : pools) {
            if (state.pool.id() == grant.pool() && state.request == grant.number()) {
                state.request = 0;
                state.waits = false;
                wanted = true;
            }
        }
        boolean repeated = blocks.stream().anyMatch(held -> held.block.equals(grant.block()));
        if (!wanted && !repeated) {
            // Asked for before everything was given up, or before the pool changed.
            sink.send(master, new Return(epoch, device, grant.block(), grant.number()));
        }
        if (!wanted || repeated) {
            return;
        }
        HeldBlock held = new HeldBlock(grant.block(), poolOf(grant.block()));
        blocks.add(held);
        fill(held, held);
        makeAvailable(held);
    }

    private void onRefusal(Refusal refusal, long nowNs) {
        for (PoolState state : pools) {
            if (state.pool.id() == refusal.pool() && state.request == refusal.number()) {
                state.request = 0;
                state.waits = true;
                state.askAgainNs = nowNs + retryNs;
            }
        }
    }

    private void remove(LeaseBlock block) {
        for (int i = 0; i < blocks.size(); i++) {
            HeldBlock held = blocks.get(i);
            if (held.block.equals(block)) {
                blocks.remove(i);
                fill(held, null);
                if (held.pool >= 0 && held.free() > 0) {
                    pools.get(held.pool).free -= held.free();
                    pools.get(held.pool).available.remove(held);
                }
                return;
            }
        }
    }

    /// A block is not needed if it is in no pool any more, or if two blocks' worth of ports are free without it.
    private boolean isSurplus(HeldBlock held) {
        if (held.pool < 0) {
            return true;
        }
        PoolState state = pools.get(held.pool);
        return state.free - held.free() >= 2 * state.pool.blockSize();
    }

    private void makeAvailable(HeldBlock held) {
        if (held.pool >= 0 && held.free() > 0) {
            pools.get(held.pool).available.addLast(held);
            pools.get(held.pool).free += held.free();
        }
    }

    private int poolOf(LeaseBlock block) {
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i).pool.contains(block)) {
                return i;
            }
        }
        return -1;
    }

    private void fill(HeldBlock range, @Nullable HeldBlock value) {
        int index = line(range.block.line());
        if (index < 0) {
            index = lines.length;
            lines = Arrays.copyOf(lines, index + 1);
            byPort = Arrays.copyOf(byPort, index + 1);
            lines[index] = range.block.line();
            byPort[index] = new HeldBlock[LeasePool.NUMBER_MAX + 1];
        }
        Arrays.fill(byPort[index], range.block.first(), range.block.last() + 1, value);
    }

    private @Nullable HeldBlock find(int line, int port) {
        int index = line(line);
        return index < 0 || port < 0 || port > LeasePool.NUMBER_MAX ? null : byPort[index][port];
    }

    private int line(int line) {
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == line) {
                return i;
            }
        }
        return -1;
    }
}
