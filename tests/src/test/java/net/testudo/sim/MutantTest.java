package net.testudo.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Stream;
import net.testudo.sim.Mutant.Replacement;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The simulator finds each of these faults: a checker that never fails would show here.
class MutantTest {
    private static final int SEEDS = 600;
    private static final String CLUSTER = "net.testudo.element.cluster.";
    private static final String FLOW = "net.testudo.element.flow.";
    private static final String FORWARDING = "net.testudo.element.forwarding.";

    private static final List<Mutant> MUTANTS = List.of(
            new Mutant("skip the fsync", "net.testudo.sim.world.SimDisk", "isSynced", Replacement.FALSE),
            new Mutant("speak before the write is done", CLUSTER + "PersistGate", "isDurable", Replacement.TRUE),
            new Mutant("skip the epoch check", CLUSTER + "Epochs", "mayPromise", Replacement.TRUE),
            new Mutant("serve without lease", CLUSTER + "Serving", "asMaster", Replacement.FIRST_ARGUMENT),
            new Mutant("count a non-voter", CLUSTER + "Quorum", "counted", Replacement.LAST_ARGUMENT),
            new Mutant("drop the acknowledgement check", CLUSTER + "Decision", "isDecided", Replacement.TRUE),
            new Mutant("carry what another epoch assigned", FLOW + "FlowOwner", "isValid", Replacement.TRUE),
            new Mutant("take a frame twice", "net.testudo.element.channel.ReplayWindow", "accept", Replacement.NOTHING),
            new Mutant("forget the ports of known flows", FORWARDING + "PortBook", "onFlow", Replacement.NOTHING),
            new Mutant("win without votes", CLUSTER + "VoteCount", "isWon", Replacement.TRUE));

    @TestFactory
    Stream<DynamicTest> everyMutantIsCaught() {
        return MUTANTS.stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> {
                    String failure = firstFailure(mutant);
                    assertFalse(failure.isEmpty(), () -> mutant + " was not found in " + SEEDS + " seeds");
                    System.out.println(
                            mutant + ": " + failure.lines().findFirst().orElse(""));
                }));
    }

    @Test
    void productItselfIsNotBlamed() throws ReflectiveOperationException {
        assertEquals("", new MutantLoader(null).firstFailure(1, 5, 3));
    }

    private static String firstFailure(Mutant mutant) throws ReflectiveOperationException {
        for (int devices : List.of(3, 2)) {
            String failure = new MutantLoader(mutant).firstFailure(1, SEEDS, devices);
            if (!failure.isEmpty()) {
                return failure;
            }
        }
        return "";
    }
}
