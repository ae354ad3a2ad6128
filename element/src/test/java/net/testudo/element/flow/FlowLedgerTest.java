package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Protocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which of two flows with the same key holds, where a new master is handed what another led with.
@Tag("BKP-06")
class FlowLedgerTest {
    private static final int CLIENT = 0x0a00_0001;
    private static final int SERVER = 0xc633_6464;
    private static final int NAT = 0xc633_6401;
    private static final int OLD_PORT = 20_004;
    private static final int NEW_PORT = 20_160;
    private static final long OLD_ID = FlowRecord.id(5, 15);
    private static final long NEW_ID = FlowRecord.id(6, 1);
    private static final Ownership THIRD = new Ownership(3, 1, 1, 5, 1);

    private final FlowCluster.Device device = new FlowCluster(1, 3).devices[1];
    private final FlowTable table = new FlowTable(FlowLimits.SMALL.flows(), 1);
    private final FlowLedger ledger = new FlowLedger(
            new FlowContext(
                    device,
                    device,
                    new FlowLink(device, new FlowCounters()),
                    device,
                    device,
                    FlowLimits.SMALL,
                    new FlowCounters(),
                    1,
                    1),
            table);

    /// A connection of the same client to the same server, translated to `port`.
    private static FlowRecord flow(long id, int port, Ownership ownership) {
        FlowKey there = FlowKey.of(Protocol.UDP, CLIENT, SERVER, FlowKey.ports(1000, 53));
        FlowKey back = FlowKey.of(Protocol.UDP, SERVER, NAT, FlowKey.ports(53, port));
        return new FlowRecord(
                id,
                DirectionKey.of(0, there),
                DirectionKey.of(1, back),
                1,
                2,
                ConnectionState.UDP_ONE_WAY,
                FlowRecord.SOURCE_NAT,
                ownership);
    }

    @BeforeEach
    void lead() {
        device.start();
    }

    private boolean inherits(FlowRecord flow) {
        return ledger.inherit(flow, DeviceSet.NONE, 0);
    }

    private void assertKnown(long id, int port) {
        assertEquals(1, table.size());
        assertTrue(table.findId(id) >= 0);
        assertEquals(port, table.get(table.findId(id)).reverse().key().destinationPort());
    }

    /// Found by the simulator: the copy of an epoch before held a connection that had never passed; opened again under
    /// the master in between, it got its old port back.
    @Test
    void whatALaterMasterOpenedHoldsAgainstAnOlderCopy() {
        table.insert(flow(OLD_ID, OLD_PORT, Ownership.NONE), FlowStatus.UNOWNED, 0);
        ledger.takeOver(device);
        assertTrue(inherits(flow(NEW_ID, NEW_PORT, Ownership.NONE)));
        assertKnown(NEW_ID, NEW_PORT);
        assertFalse(inherits(flow(OLD_ID, OLD_PORT, Ownership.NONE)), "another device has the older copy too");
        assertKnown(NEW_ID, NEW_PORT);
    }

    @Test
    void anOwnerOfWhomNothingIsHeardYetDoesNotMatter() {
        table.insert(flow(OLD_ID, OLD_PORT, THIRD), FlowStatus.UNCERTAIN, 0);
        ledger.takeOver(device);
        assertTrue(inherits(flow(NEW_ID, NEW_PORT, Ownership.NONE)));
        assertKnown(NEW_ID, NEW_PORT);
    }

    @Test
    void whatItsOwnerReportsStays() {
        ledger.takeOver(device);
        assertTrue(ledger.report(3, flow(OLD_ID, OLD_PORT, THIRD), 1, 0));
        assertFalse(inherits(flow(NEW_ID, NEW_PORT, Ownership.NONE)));
        assertKnown(OLD_ID, OLD_PORT);
    }

    @Test
    void anOlderFlowIsNotTakenForANewerOne() {
        table.insert(flow(NEW_ID, NEW_PORT, Ownership.NONE), FlowStatus.UNOWNED, 0);
        ledger.takeOver(device);
        assertFalse(inherits(flow(OLD_ID, OLD_PORT, Ownership.NONE)));
        assertKnown(NEW_ID, NEW_PORT);
    }

    /// Once flows are assigned, packets may have passed with what this device knows.
    @Test
    void whatIsToldTooLateStandsBack() {
        table.insert(flow(OLD_ID, OLD_PORT, Ownership.NONE), FlowStatus.UNOWNED, 0);
        ledger.takeOver(device);
        ledger.inheritLate(flow(NEW_ID, NEW_PORT, Ownership.NONE), DeviceSet.NONE, 0);
        assertKnown(OLD_ID, OLD_PORT);
    }
}
