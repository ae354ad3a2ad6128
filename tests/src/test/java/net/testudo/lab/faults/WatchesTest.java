package net.testudo.lab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.testudo.lab.faults.WireFrame.Flow;
import org.junit.jupiter.api.Test;

class WatchesTest {
    private static final int CLUSTER = WireFrame.address("10.10.0.1");
    private static final long VIRTUAL = 0x02_00_5e_00_00_01L;
    private static final long MS = 1_000_000;
    private static final Flow FLOW = new Flow(1, 2, 17, 3);

    private final MasterWatch master = new MasterWatch("inside", CLUSTER);
    private final OwnerWatch owner = new OwnerWatch("inside");

    private static WireFrame arp(int sender) {
        return new WireFrame(VIRTUAL, sender, Optional.empty());
    }

    @Test
    void whoAnnouncesTheClusterAddressOrSendsFromItsMacActsAsMaster() {
        master.onFrame(1, MS, new WireFrame(VIRTUAL, 0, Optional.empty()));
        assertEquals(0, master.device(), "the virtual MAC address is not known yet");
        master.onFrame(1, 2 * MS, arp(CLUSTER));
        master.onFrame(1, 3 * MS, new WireFrame(VIRTUAL, 0, Optional.empty()));
        master.onFrame(2, 4 * MS, new WireFrame(0x02_7e_57L, 0, Optional.of(FLOW)));
        master.onFrame(2, 5 * MS, new WireFrame(0x02_7e_57L, 7, Optional.empty()));
        assertEquals(1, master.device());
        assertEquals(3 * MS, master.lastNs());
        assertEquals(2, master.signs());
        master.onFrame(2, 9 * MS, new WireFrame(VIRTUAL, 0, Optional.empty()));
        assertEquals(
                List.of(
                        new MasterWatch.Change("inside", 0, 1, 0, 2 * MS),
                        new MasterWatch.Change("inside", 1, 2, 3 * MS, 9 * MS)),
                master.takeChanges());
        assertEquals(List.of(), master.takeChanges());
    }

    @Test
    void twoMastersInTurnsAreAChangeEachTime() {
        for (int turn = 0; turn < 4; turn++) {
            master.onFrame(1 + turn % 2, turn * MS, arp(CLUSTER));
        }
        assertEquals(4, master.takeChanges().size());
    }

    @Test
    void aFlowThatMovesHasOneOwnerAfterTheOther() {
        owner.onPacket(1, 0, FLOW);
        owner.onPacket(2, 100 * MS, FLOW);
        owner.onPacket(1, 100 * MS + OwnerWatch.MOMENT_NS, FLOW);
        assertEquals(List.of(), owner.takeBroken());
        assertEquals(2, owner.moves());
    }

    @Test
    void aFlowThatTwoDevicesSendInTurnsIsSeen() {
        owner.onPacket(1, 0, FLOW);
        owner.onPacket(2, 100 * MS, FLOW);
        owner.onPacket(1, 101 * MS, FLOW);
        List<String> broken = owner.takeBroken();
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(
                broken.getFirst().startsWith("inside: 0.0.0.1:0 > 0.0.0.2:3, protocol 17 left device 1, then 2"),
                broken.toString());
    }
}
