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
    /// Some faults show only with two devices, most sooner with three.
    private static final int BATCH = 20;
    private static final String CLUSTER = "net.testudo.element.cluster.";
    private static final String FLOW = "net.testudo.element.flow.";
    private static final String RESOURCE = "net.testudo.element.resource.";
    private static final String FORWARDING = "net.testudo.element.forwarding.";

    private static final List<Mutant> MUTANTS = List.of(
            new Mutant("skip the fsync", "net.testudo.sim.world.SimDisk", "isSynced", Replacement.FALSE, 1),
            new Mutant("speak before the write is done", CLUSTER + "PersistGate", "isDurable", Replacement.TRUE, 4),
            new Mutant("skip the epoch check", CLUSTER + "Epochs", "mayPromise", Replacement.TRUE, 557),
            new Mutant("serve without lease", CLUSTER + "Serving", "asMaster", Replacement.FIRST_ARGUMENT, 3),
            new Mutant("count a non-voter", CLUSTER + "Quorum", "counted", Replacement.LAST_ARGUMENT, 21),
            new Mutant("drop the acknowledgement check", CLUSTER + "Decision", "isDecided", Replacement.TRUE, 7),
            new Mutant("carry what another epoch assigned", FLOW + "FlowOwner", "isValid", Replacement.TRUE, 1),
            new Mutant(
                    "take a frame twice", "net.testudo.element.channel.ReplayWindow", "accept", Replacement.NOTHING, 1),
            new Mutant("forget the ports of known flows", FORWARDING + "PortBook", "onFlow", Replacement.NOTHING, 1),
            new Mutant("win without votes", CLUSTER + "VoteCount", "isWon", Replacement.TRUE, 1),
            new Mutant("promise to anybody at any time", CLUSTER + "Promises", "allows", Replacement.TRUE, 75),
            new Mutant("take any set for a majority", CLUSTER + "Quorum", "isMajority", Replacement.TRUE, 1),
            new Mutant("lead with any set of voters", CLUSTER + "Quorum", "canDecide", Replacement.TRUE, 3),
            new Mutant("renew a lease without reports", CLUSTER + "Leases", "majorityAt", Replacement.TRUE, 3),
            new Mutant("carry flows without lease", CLUSTER + "Serving", "asMember", Replacement.TRUE, 3),
            new Mutant("go on alone without evidence", CLUSTER + "PairRule", "mayGoAlone", Replacement.TRUE, 7),
            new Mutant("forward without lease", FLOW + "FlowOwner", "isServing", Replacement.TRUE, 3),
            new Mutant("keep flows over a lapse", FLOW + "FlowOwner", "voidAll", Replacement.NOTHING, 1),
            new Mutant("never assign a flow", FLOW + "FlowMaster", "settle", Replacement.NOTHING, 1),
            new Mutant("lend a port that is in use", RESOURCE + "PortQueue", "isValid", Replacement.TRUE, 1));

    /// What a mutant was found by; empty if by nothing.
    private record Search(Mutant mutant, String failure) {
        static Search of(Mutant mutant) {
            try {
                return new Search(mutant, firstFailure(mutant));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(mutant + " cannot be made", e);
            }
        }

        void check() {
            assertFalse(failure.isEmpty(), () -> mutant + " was not found in " + SEEDS + " seeds");
            System.out.println(mutant + ": " + failure.lines().findFirst().orElse(""));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyMutantIsCaught() {
        List<Search> searches = MUTANTS.parallelStream().map(Search::of).toList();
        return searches.stream()
                .map(search -> DynamicTest.dynamicTest(search.mutant().name(), search::check));
    }

    @Test
    void productItselfIsNotBlamed() throws ReflectiveOperationException {
        assertEquals("", new MutantLoader(null).firstFailure(1, 5, 3));
    }

    private static String firstFailure(Mutant mutant) throws ReflectiveOperationException {
        MutantLoader loader = new MutantLoader(mutant);
        String failure = firstFailure(loader, mutant.foundBySeed(), mutant.foundBySeed());
        for (int first = 1; first < SEEDS && failure.isEmpty(); first += BATCH) {
            failure = firstFailure(loader, first, first + BATCH - 1);
        }
        return failure;
    }

    private static String firstFailure(MutantLoader loader, int firstSeed, int lastSeed)
            throws ReflectiveOperationException {
        for (int devices : List.of(3, 2)) {
            String failure = loader.firstFailure(firstSeed, lastSeed, devices);
            if (!failure.isEmpty()) {
                return failure;
            }
        }
        return "";
    }
}
