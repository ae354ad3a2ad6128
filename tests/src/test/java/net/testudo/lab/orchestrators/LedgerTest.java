package net.testudo.lab.orchestrators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.testudo.cli.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

/// What may be there after what was told, what a read shows, and the command line.
class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void whatIsAcknowledgedReplacesAllThatWasPossible() {
        assertEquals(Set.of(0), ledger.possible());
        ledger.unknown(1, "");
        ledger.undone(2, "");
        assertEquals(Set.of(0, 1), ledger.possible());
        ledger.acknowledged(3, "");
        assertEquals(Set.of(3), ledger.possible());
        ledger.unknown(4, "died");
        assertEquals(Set.of(3, 4), ledger.possible());
        assertEquals("1/2/1", ledger.counts());
        assertTrue(
                ledger.lines().contains("4 unknown died"), () -> ledger.lines().toString());
    }

    @Test
    void aReadShowsBothHalvesOfAChangeAndWhetherATrialWaits() {
        assertEquals(new Seen(0, 0, false), Seen.of("<rpc-reply><data/></rpc-reply>"));
        assertEquals(new Seen(12, 11, true), Seen.of("""
                <data><policy><rule><name>a</name><destination-port>12..12</destination-port></rule></policy>
                <group><name>a</name><user-name>v11</user-name></group>
                <history><pending-commit><restores>4</restores></pending-commit></history></data>"""));
        String change = Seen.change("a", 12);
        assertTrue(change.contains("12..12") && change.contains("v12"), change);
    }

    @Test
    void aReadThatIsHalfOrImpossibleIsToldOf() {
        Orchestrator orchestrator = LedgerTest.unstarted();
        orchestrator.check(new Seen(0, 0, false));
        orchestrator.check(new Seen(9, 9, true));
        assertEquals(java.util.List.of(), orchestrator.broken());
        orchestrator.check(new Seen(9, 8, true));
        assertTrue(orchestrator.broken().getFirst().contains("half a change"), () -> "" + orchestrator.broken());
        orchestrator.check(new Seen(9, 9, false));
        assertTrue(orchestrator.broken().getLast().contains("possible are [0]"), () -> "" + orchestrator.broken());
    }

    @SuppressWarnings("NullAway") // it is not started, so it needs no lab
    private static Orchestrator unstarted() {
        return new Orchestrator("a", null, null, 1);
    }

    @Test
    void everyEndingIsDrawn() {
        SplittableRandom random = new SplittableRandom(1);
        Set<Ending> drawn = EnumSet.noneOf(Ending.class);
        for (int i = 0; i < 500; i++) {
            drawn.add(Ending.draw(random::nextInt));
        }
        assertEquals(EnumSet.allOf(Ending.class), drawn);
    }

    private static OrchestratorsOptions options(String... arguments) {
        return Program.parse(new OrchestratorsCommand(System.out), arguments).options();
    }

    @Test
    void theCommandLineIsTaken() {
        assertEquals(new OrchestratorsOptions(Duration.ofMinutes(10), 1, 3, false), options());
        assertEquals(
                new OrchestratorsOptions(Duration.ofSeconds(30), 4, 5, true),
                options("--seconds", "30", "--seed", "4", "--devices", "5", "--verbose"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seconds 9", "--seed x", "--devices 2", "--devices 10", "--sec 20"})
    void whatIsWrongIsNamed(String arguments) {
        String option = arguments.split(" ", 2)[0];
        ParameterException error = assertThrows(ParameterException.class, () -> options(arguments.split(" ", -1)));
        assertTrue(String.valueOf(error.getMessage()).contains(option), error.getMessage());
    }
}
