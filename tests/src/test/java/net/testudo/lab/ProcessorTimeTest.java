package net.testudo.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    private static final String STAT = """
            cpu  100 10 50 700 20 5 15 30 7 0
            cpu0 50 5 25 350 10 2 7 15 3 0
            intr 12345 0 1
            """;

    @Test
    void theKernelsTicksAreTakenApart() {
        assertEquals(new ProcessorTime(1800, 7200, 300), ProcessorTime.parse(STAT));
    }

    @Test
    void betweenTwoMomentsOnlyTheDifferenceCounts() {
        ProcessorTime between = new ProcessorTime(2800, 7700, 800).since(ProcessorTime.parse(STAT));
        assertEquals(new ProcessorTime(1000, 500, 500), between);
        assertEquals("processors: 50 % busy, 25.0 % taken away by the hypervisor", between.text());
    }

    @Test
    void thisMachineIsRead() {
        assertTrue(ProcessorTime.now().busyMs() > 0);
    }
}
