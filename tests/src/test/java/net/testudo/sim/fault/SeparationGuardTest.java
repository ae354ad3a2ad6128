package net.testudo.sim.fault;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.testudo.element.cluster.Timing;
import net.testudo.sim.world.DeviceProfile;
import net.testudo.sim.world.SimHost;
import net.testudo.sim.world.SimNetwork;
import net.testudo.sim.world.SimWorld;
import org.junit.jupiter.api.Test;

class SeparationGuardTest {
    private static final int WITNESS = 2;

    private final SimWorld world = new SimWorld(
            1, List.of(DeviceProfile.calm("S1", Timing.REAL_TIME), DeviceProfile.calm("S2", Timing.REAL_TIME)));
    private final SeparationGuard guard = new SeparationGuard(world, world.networks());

    SeparationGuardTest() {
        world.cluster().links().setCutBoth(0, 1, true);
    }

    @Test
    void pairThatHearsItselfOnADataNetworkIsNotSeparated() {
        assertTrue(guard.permits());
    }

    @Test
    void totalSeparationWithTheWitnessOnBothSidesIsExcluded() {
        world.dataNetworks().forEach(n -> n.links().setCutBoth(0, 1, true));
        assertFalse(guard.permits());
    }

    @Test
    void oneDirectionThatIsLeftIsNoTotalSeparation() {
        world.dataNetworks().forEach(n -> n.links().setCut(0, 1, true));
        assertTrue(guard.permits());
    }

    @Test
    void witnessOnOneSideIsPermitted() {
        separateWithWitnessAt(0);
        assertTrue(guard.permits());
    }

    @Test
    void witnessThatMovesToTheOtherSideIsExcluded() {
        separateWithWitnessAt(0);
        guard.accept();
        separateWithWitnessAt(1);
        assertFalse(guard.permits());
    }

    @Test
    void witnessMayBeElsewhereInTheNextSeparation() {
        separateWithWitnessAt(0);
        guard.accept();
        world.healPaths();
        guard.accept();
        world.cluster().links().setCutBoth(0, 1, true);
        separateWithWitnessAt(1);
        assertTrue(guard.permits());
    }

    private void separateWithWitnessAt(int side) {
        for (SimNetwork network : world.dataNetworks()) {
            network.links().setCutBoth(0, 1, true);
            network.links().setCutBoth(side, WITNESS, false);
            network.links().setCutBoth(1 - side, WITNESS, true);
        }
        for (SimHost witness : world.witnesses()) {
            assertTrue(witness.attachment() == WITNESS);
        }
    }
}
