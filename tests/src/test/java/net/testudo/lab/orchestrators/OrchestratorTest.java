package net.testudo.lab.orchestrators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What an orchestrator reads, and what it draws.
class OrchestratorTest {
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
        Orchestrator orchestrator = unstarted();
        orchestrator.check(new Seen(0, 0, false));
        orchestrator.check(new Seen(9, 9, true));
        assertEquals(List.of(), orchestrator.broken());
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
}
