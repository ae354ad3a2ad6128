package net.testudo.element.flow;

import net.testudo.element.config.PolicyConfig.AssignmentStrategy;
import net.testudo.element.net.DeviceSet;

/// Which device carries a new flow (FLW-07, FLW-08, FLW-12).
public final class FlowAssignment {
    private FlowAssignment() {}

    /// Chooses one of `candidates`.
    ///
    /// @param flowCounts flows of each device, by its number
    /// @param last the device chosen before, 0 if none
    /// @param random uniformly distributed
    /// @return the device, or 0 if there is no candidate
    public static int choose(
            AssignmentStrategy strategy, DeviceSet candidates, int[] flowCounts, int last, long random) {
        if (candidates.isEmpty()) {
            return 0;
        }
        return switch (strategy) {
            case ROUND_ROBIN -> after(candidates, last);
            case LEAST_FLOWS -> least(candidates, flowCounts, last);
            case RANDOM -> nth(candidates, (int) Long.remainderUnsigned(random, candidates.size()));
        };
    }

    private static int after(DeviceSet candidates, int last) {
        int next = candidates.next(last);
        return next == 0 ? candidates.first() : next;
    }

    private static int least(DeviceSet candidates, int[] flowCounts, int last) {
        int best = after(candidates, last);
        for (int device = candidates.first(); device != 0; device = candidates.next(device)) {
            if (flowCounts[device] < flowCounts[best]) {
                best = device;
            }
        }
        return best;
    }

    private static int nth(DeviceSet candidates, int n) {
        int device = candidates.first();
        for (int i = 0; i < n; i++) {
            device = candidates.next(device);
        }
        return device;
    }
}
