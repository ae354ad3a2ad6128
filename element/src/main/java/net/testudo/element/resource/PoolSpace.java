package net.testudo.element.resource;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.testudo.element.resource.LeaseLedger.Entry;
import net.testudo.element.resource.LeasePool.Range;
import org.jspecify.annotations.Nullable;

/// Finds numbers of a pool that no block has. The search goes on behind the last block it found, so that a number
/// rests as long as possible before it is used again.
final class PoolSpace {
    private final NavigableMap<Long, Entry> entries;
    private final Map<Long, LeasePool> pools = new TreeMap<>();
    private final Map<Long, Integer> nextByPool = new TreeMap<>();

    /// @param entries blocks that are not free, by [LeaseLedger#key] of their first number
    PoolSpace(NavigableMap<Long, Entry> entries) {
        this.entries = entries;
    }

    void pools(List<LeasePool> newPools) {
        pools.clear();
        newPools.forEach(pool -> pools.put(pool.id(), pool));
        nextByPool.keySet().retainAll(pools.keySet());
    }

    @Nullable
    LeasePool pool(long id) {
        return pools.get(id);
    }

    boolean isFree(LeaseBlock block) {
        return end(block.line(), block.first(), block.last()) > block.last();
    }

    /// A free block of the pool's size, or the largest that is left, or null if no number is.
    @Nullable
    LeaseBlock choose(LeasePool pool) {
        int next = nextByPool.getOrDefault(pool.id(), 0);
        LeaseBlock found = choose(pool, next);
        if (found == null || found.size() < pool.blockSize()) {
            LeaseBlock fromStart = choose(pool, 0);
            found = found == null || (fromStart != null && fromStart.size() > found.size()) ? fromStart : found;
        }
        if (found != null) {
            nextByPool.put(pool.id(), found.last() + 1);
        }
        return found;
    }

    int usedPermille(LeasePool pool) {
        long free = 0;
        for (Range range : pool.ranges()) {
            int at = range.first();
            while (at <= range.last()) {
                int end = end(pool.line(), at, range.last());
                free += end - at;
                at = end > range.last() ? end : afterBlock(pool.line(), end);
            }
        }
        int size = pool.size();
        return size == 0 ? 1000 : (int) (1000 * (size - free) / size);
    }

    private @Nullable LeaseBlock choose(LeasePool pool, int from) {
        int bestAt = 0;
        int bestSize = 0;
        for (Range range : pool.ranges()) {
            int at = Math.max(range.first(), from);
            while (at <= range.last() && bestSize < pool.blockSize()) {
                int end = end(pool.line(), at, range.last());
                int size = Math.min(end - at, pool.blockSize());
                if (size > bestSize) {
                    bestAt = at;
                    bestSize = size;
                }
                at = end > range.last() ? end : afterBlock(pool.line(), end);
            }
        }
        return bestSize == 0 ? null : new LeaseBlock(pool.line(), bestAt, bestSize);
    }

    /// The first number of `at` to `last` that a block has, or `last + 1` if all are free.
    private int end(int line, int at, int last) {
        Map.Entry<Long, Entry> before = entries.floorEntry(LeaseLedger.key(line, at));
        if (before != null && before.getValue().block.contains(line, at)) {
            return at;
        }
        Map.Entry<Long, Entry> behind = entries.higherEntry(LeaseLedger.key(line, at));
        boolean inTheWay = behind != null
                && behind.getValue().block.line() == line
                && behind.getValue().block.first() <= last;
        return inTheWay ? behind.getValue().block.first() : last + 1;
    }

    /// The number behind the block that has number `at`.
    private int afterBlock(int line, int at) {
        return entries.floorEntry(LeaseLedger.key(line, at)).getValue().block.last() + 1;
    }
}
