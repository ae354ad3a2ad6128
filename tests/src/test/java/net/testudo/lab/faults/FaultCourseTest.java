package net.testudo.lab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.testudo.lab.Network;
import org.junit.jupiter.api.Test;

class FaultCourseTest {
    private static final int DEVICES = 3;

    @Test
    void aSeedNamesOneCourseAndALongerOneBeginsWithTheShorter() {
        List<FaultStep> course = FaultCourse.draw(7, 200, DEVICES);
        assertEquals(course, FaultCourse.draw(7, 200, DEVICES));
        assertEquals(course.subList(0, 20), FaultCourse.draw(7, 20, DEVICES));
        assertNotEquals(course, FaultCourse.draw(8, 200, DEVICES));
    }

    @Test
    void eachKindHappensOnceInEveryTenSteps() {
        List<FaultStep> course = FaultCourse.draw(3, 30, DEVICES);
        for (int from = 0; from < course.size(); from += 10) {
            Set<FaultKind> kinds = course.subList(from, from + 10).stream()
                    .map(step -> step.faults().getFirst().kind())
                    .collect(Collectors.toSet());
            assertEquals(EnumSet.allOf(FaultKind.class), kinds);
        }
    }

    @Test
    void twoFaultsAtOnceAreOfTwoDevicesAndSometimesTakeTheMajority() {
        for (int devices : List.of(2, 3, 5)) {
            List<FaultStep> pairs = FaultCourse.draw(1, 2000, devices).stream()
                    .filter(step -> !step.single())
                    .toList();
            assertTrue(pairs.size() > 200 && pairs.size() < 600, pairs.size() + " of 2000");
            assertTrue(pairs.stream().allMatch(step -> differ(step.faults(), devices)), pairs.toString());
            assertEquals(devices < 5, pairs.stream().anyMatch(step -> !step.majorityStays(devices)));
        }
    }

    private static boolean differ(List<Fault> faults, int devices) {
        int first = faults.get(0).device();
        int second = faults.get(1).device();
        return first != second && first >= 1 && second >= 1 && first <= devices && second <= devices;
    }

    @Test
    void aStepSaysAllThatItDoes() {
        Fault fault = new Fault(
                FaultKind.DATA_ONE_WAY, 2, Network.INSIDE, true, Duration.ofMillis(1200), Duration.ofMillis(50));
        assertEquals("data-one-way A2 inside to it +1.20 s for 0.05 s", new FaultStep(1, List.of(fault)).toString());
    }
}
