package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;

/// Collects the effects of one step.
public final class Effects {
    private final List<Effect> list = new ArrayList<>();

    /// Nothing yet.
    public Effects() {}

    void add(Effect effect) {
        list.add(effect);
    }

    /// Whether there is none.
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /// The effects in the order in which they have to be executed - all that persists first - and forgets them.
    public List<Effect> drain() {
        List<Effect> ordered = new ArrayList<>(list.size());
        for (int rank = 0; rank <= 2; rank++) {
            for (Effect effect : list) {
                if (rank(effect) == rank) {
                    ordered.add(effect);
                }
            }
        }
        list.clear();
        return ordered;
    }

    private static int rank(Effect effect) {
        return switch (effect) {
            case Effect.PersistState _ -> 0;
            case Effect.Reply _, Effect.Notify _ -> 2;
            default -> 1;
        };
    }
}
