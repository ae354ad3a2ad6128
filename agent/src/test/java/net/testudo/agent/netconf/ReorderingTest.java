package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// As few entries as possible move, and moving each of them behind the one before it makes the new order.
final class ReorderingTest {
    @Test
    void asFewAsPossibleMove() {
        assertEquals(Set.of(), Reordering.moved(List.of()));
        assertEquals(Set.of(), Reordering.moved(List.of(3, 5, 9)));
        assertEquals(Set.of(0), Reordering.moved(List.of(9, 3, 5)));
        assertEquals(Set.of(2), Reordering.moved(List.of(5, 9, 3)));
        assertEquals(2, Reordering.moved(List.of(2, 1, 0)).size());
    }

    @Test
    void theMovesMakeTheNewOrder() {
        Random random = new Random(9144);
        for (int round = 0; round < 500; round++) {
            List<Integer> old = IntStream.range(0, random.nextInt(12)).boxed().toList();
            List<Integer> wanted = new ArrayList<>(old);
            Collections.shuffle(wanted, random);
            List<Integer> list = new ArrayList<>(old);
            Set<Integer> moved = Reordering.moved(wanted);
            for (int i = 0; i < wanted.size(); i++) {
                if (moved.contains(i)) {
                    list.removeIf(wanted.get(i)::equals);
                    list.add(i == 0 ? 0 : list.indexOf(wanted.get(i - 1)) + 1, wanted.get(i));
                }
            }
            assertEquals(wanted, list);
        }
    }
}
