package net.testudo.agent.netconf;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which entries of a list stay where they are when its order changes, so that as few as possible move:
/// a longest run of places that goes up.
final class Reordering {
    private Reordering() {}

    /// @param places where each entry stood, in the new order; all different
    /// @return the indices into `places` of those that move
    static Set<Integer> moved(List<Integer> places) {
        int[] ends = new int[places.size()];
        int[] before = new int[places.size()];
        int length = 0;
        for (int i = 0; i < before.length; i++) {
            int at = place(places, ends, length, places.get(i));
            before[i] = at == 0 ? -1 : ends[at - 1];
            ends[at] = i;
            length = Math.max(length, at + 1);
        }
        Set<Integer> moved = new HashSet<>();
        for (int i = 0; i < before.length; i++) {
            moved.add(i);
        }
        for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = before[i]) {
            moved.remove(i);
        }
        return moved;
    }

    /// How long the run is that a place goes on with.
    private static int place(List<Integer> places, int[] ends, int length, int place) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (places.get(ends[middle]) < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
