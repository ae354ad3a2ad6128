package net.testudo.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import net.testudo.cli.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final int SEEDS = 100;

    @Tag("ELE-08")
    @Tag("PAR-02")
    @Tag("PAR-05")
    @Tag("FOO-13")
    @ParameterizedTest(name = "{0} devices")
    @ValueSource(ints = {2, 3, 5})
    void nothingIsBrokenInAHundredRuns(int devices) throws InterruptedException, ExecutionException {
        Summary summary = nothingIsBrokenIn("1.." + SEEDS, devices);
        assertEquals(SEEDS, summary.seeds());
        assertTrue(summary.elections() > SEEDS && summary.commits() > SEEDS, "the runs did something");
        assertTrue(summary.packets() > 100L * SEEDS, "the hosts talked");
    }

    /// Each of these once found a fault.
    @ParameterizedTest(name = "seed {0} with {1} devices")
    @CsvSource({"175, 3", "857, 3", "1043, 8"})
    void nothingIsBrokenAnyMore(long seed, int devices) throws InterruptedException, ExecutionException {
        nothingIsBrokenIn(seed + ".." + seed, devices);
    }

    @Tag("NON-04")
    @Tag("NON-06")
    @ParameterizedTest(name = "{0} devices")
    @ValueSource(ints = {2, 3, 5})
    void nothingIsBrokenWhenMembersChangeAndDisksAreLost(int devices) throws InterruptedException, ExecutionException {
        Summary summary = nothingIsBrokenIn("1..16", devices, "--changes", "--damage");
        assertTrue(summary.elections() > 16 && summary.commits() > 16, "the runs did something");
    }

    @Test
    void disksAreLostWhereThatIsAllowed() {
        Manner damage = new Manner(false, false, true);
        long lost = LongStream.rangeClosed(1, 8)
                .mapToObj(seed -> new Simulation(seed, 3, damage, true).run(80).trace())
                .flatMap(List::stream)
                .filter(line -> line.contains("is empty") || line.contains("is replaced"))
                .count();
        assertTrue(lost > 0, "no disk was lost");
    }

    private static Summary nothingIsBrokenIn(String seeds, int devices, String... further)
            throws InterruptedException, ExecutionException {
        List<String> arguments = new ArrayList<>(List.of("--seeds", seeds, "--devices", Integer.toString(devices)));
        arguments.addAll(List.of(further));
        Summary summary = new Simulate(options(arguments), System.out).runAll();
        assertEquals(
                List.of(), summary.failed().stream().map(SeedResult::failure).toList());
        return summary;
    }

    private static Options options(List<String> arguments) {
        return Program.parse(new SimulateCommand(System.out), arguments.toArray(String[]::new))
                .options();
    }

    @Test
    void sameSeedGivesTheSameRun() {
        SeedResult once = new Simulation(5, 3, Manner.USUAL, true).run(20);
        assertEquals(once, new Simulation(5, 3, Manner.USUAL, true).run(20));
    }
}
