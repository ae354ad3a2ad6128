package net.testudo.lab.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.testudo.lab.Network;

/// The steps of a run, all drawn before it starts: the same seed names the same course, whatever happens on the way.
final class FaultCourse {
    private static final List<FaultKind> KINDS = List.of(FaultKind.values());
    private static final List<Network> DATA = List.of(Network.OUTSIDE, Network.INSIDE);
    private static final int SECOND_FAULT_PERCENT = 20;
    private static final int DELAY_MS_MAX = 1500;
    private static final int SECOND_DELAY_MS_MAX = 800;
    private static final int LENGTH_MS_MIN = 50;
    private static final int LENGTH_MS_MAX = 4000;

    private final SplittableRandom random;
    private final int devices;

    private FaultCourse(long seed, int devices) {
        this.random = new SplittableRandom(seed);
        this.devices = devices;
    }

    /// Draws the course that a seed names. A longer one begins with the shorter.
    ///
    /// @param devices 2 or more
    static List<FaultStep> draw(long seed, int count, int devices) {
        FaultCourse course = new FaultCourse(seed, devices);
        List<FaultStep> steps = new ArrayList<>();
        List<FaultKind> bag = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            steps.add(course.step(number, bag));
        }
        return List.copyOf(steps);
    }

    private FaultStep step(int number, List<FaultKind> bag) {
        int device = 1 + random.nextInt(devices);
        int delayMs = random.nextInt(DELAY_MS_MAX);
        List<Fault> faults = new ArrayList<>(List.of(fault(fromBag(bag), device, delayMs)));
        if (random.nextInt(100) < SECOND_FAULT_PERCENT) {
            int other = (device - 1 + 1 + random.nextInt(devices - 1)) % devices + 1;
            FaultKind kind = KINDS.get(random.nextInt(KINDS.size()));
            faults.add(fault(kind, other, delayMs + random.nextInt(SECOND_DELAY_MS_MAX)));
        }
        return new FaultStep(number, faults);
    }

    /// Each kind once in every so many steps, so that a short course has all of them.
    private FaultKind fromBag(List<FaultKind> bag) {
        if (bag.isEmpty()) {
            bag.addAll(KINDS);
        }
        return bag.remove(random.nextInt(bag.size()));
    }

    private Fault fault(FaultKind kind, int device, int delayMs) {
        boolean data = kind == FaultKind.DATA_CUT || kind == FaultKind.DATA_ONE_WAY;
        Network network = data ? DATA.get(random.nextInt(DATA.size())) : Network.CLUSTER;
        boolean toDevice = random.nextBoolean();
        int lengthMs = LENGTH_MS_MIN + random.nextInt(LENGTH_MS_MAX - LENGTH_MS_MIN);
        boolean healsItself = kind == FaultKind.AGENT_KILL || kind == FaultKind.RESTART;
        return new Fault(
                kind,
                device,
                network,
                toDevice,
                Duration.ofMillis(delayMs),
                healsItself ? Duration.ZERO : Duration.ofMillis(lengthMs));
    }
}
