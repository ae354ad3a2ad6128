package net.testudo.agent.datastore;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Entries of lists in which nothing was found to be wrong, and what that rests on. An entry that stands in the next
/// tree as well, with all that it rests on, need not be looked into again: a validation costs what is different.
final class ValidEntries {
    /// So many more than the last tree had are kept before those of former trees go.
    private static final int SPARE = 1_024;

    /// What many entries rest on, mostly the same.
    private static final class Ground {
        private final Set<OutsideReads.Read> reads;
        private @Nullable ContainerNode root;
        private boolean same;

        Ground(Set<OutsideReads.Read> reads) {
            this.reads = reads;
        }

        @SuppressWarnings("ReferenceEquality") // the answer is kept for this one tree
        boolean isSameIn(ContainerNode tree) {
            if (root != tree) {
                root = tree;
                same = reads.stream().allMatch(read -> read.isSameIn(tree));
            }
            return same;
        }
    }

    private IdentityHashMap<NormalizedNode, Ground> known = new IdentityHashMap<>();
    private IdentityHashMap<NormalizedNode, Ground> former = new IdentityHashMap<>();
    private final Map<Set<OutsideReads.Read>, Ground> grounds = new HashMap<>();
    private int entries;

    /// Forgets all, the secrets with it.
    void forget() {
        known.clear();
        former.clear();
        grounds.clear();
        entries = 0;
    }

    /// A validation of this tree begins.
    void begin() {
        if (known.size() > 2 * entries + SPARE) {
            former = known;
            known = new IdentityHashMap<>();
        }
        entries = 0;
        grounds.clear();
    }

    /// Whether nothing is wrong in `entry` of the tree `root`, as far as is known.
    boolean contains(NormalizedNode entry, ContainerNode root) {
        entries++;
        Ground ground = known.get(entry);
        if (ground == null) {
            ground = former.remove(entry);
            if (ground != null) {
                known.put(entry, ground);
            }
        }
        return ground != null && ground.isSameIn(root);
    }

    /// Nothing is wrong in `entry`.
    ///
    /// @param reads what that rests on
    void add(NormalizedNode entry, Set<OutsideReads.Read> reads) {
        known.put(entry, grounds.computeIfAbsent(reads, Ground::new));
    }
}
