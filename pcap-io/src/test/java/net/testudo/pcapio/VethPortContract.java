package net.testudo.pcapio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.testudo.element.port.PacketPort;
import org.junit.jupiter.api.Test;

/// What a port on an interface of the system promises besides; here on one end of a veth pair.
abstract class VethPortContract extends PacketPortContract {
    /// Opens the port under test, whose wake-ups go to [#frames].
    abstract PacketPort openPort(String name, Traffic traffic, LinkWatch links, Runnable wakeUp)
            throws PortUnavailableException;

    @Override
    Rig open(Runnable wakeUp) throws Throwable {
        return open(Traffic.CLUSTER, wakeUp);
    }

    @Override
    int queueFrames() {
        return 2048;
    }

    Rig open(Traffic traffic, Runnable wakeUp) throws Throwable {
        makeVeth();
        LinkWatch links = new LinkWatch();
        PacketPort port = openPort("near", traffic, links, wakeUp);
        return new Rig(
                links, port, new FarEnd(links.watch("far", () -> {}).state().index()));
    }

    private static void makeVeth() throws PortUnavailableException {
        SystemCommand.run("ip", "link", "add", "near", "type", "veth", "peer", "name", "far");
        SystemCommand.run("ip", "link", "set", "dev", "near", "address", "02:00:00:00:00:99", "up");
        SystemCommand.run("ip", "link", "set", "dev", "far", "up");
    }

    @Test
    void addressAndMtuAreThoseOfTheKernel() throws Throwable {
        try (Rig rig = open(frames.wakeUps::release)) {
            assertEquals("02:00:00:00:00:99", rig.port().mac().toString());
            assertEquals(1500, rig.port().mtuOctets());
        }
    }

    @Test
    void aClusterPortSeesItsOwnEtherTypesOnly() throws Throwable {
        try (Rig rig = open(frames.wakeUps::release)) {
            byte[] foreign = Frames.numbered(1, 60);
            foreign[12] = 0x08;
            foreign[13] = 0x00;
            rig.farEnd().send(foreign);
            rig.farEnd().send(Frames.numbered(2, 60));
            frames.receive(rig.port(), 1);
            assertEquals(1, rig.port().counters().receivedFrames());
        }
    }

    @Test
    void aDataPortSeesFramesForOthers() throws Throwable {
        try (Rig rig = open(Traffic.DATA, frames.wakeUps::release)) {
            byte[] foreign = Frames.numbered(5, 60);
            foreign[0] = 0x02;
            rig.farEnd().send(foreign);
            assertEquals(5, Frames.number(frames.receive(rig.port(), 1).getFirst()));
        }
    }

    @Test
    void aPortThatWasRemovedAndMadeAgainWorksAgain() throws Throwable {
        try (Rig rig = open(frames.wakeUps::release)) {
            SystemCommand.run("ip", "link", "delete", "near");
            frames.await(() -> !rig.port().carrier());
            makeVeth();
            frames.await(rig.port()::carrier);
            LinkWatch.Link far = rig.links().watch("far", () -> {});
            try (FarEnd newFarEnd = new FarEnd(far.state().index())) {
                frames.await(() -> {
                    frames.receive(rig.port(), 0);
                    return Frames.send(rig.port(), Frames.numbered(2, 60));
                });
                assertEquals(2, Frames.number(newFarEnd.receive(frame -> Frames.number(frame) >= 0)));
                frames.await(() -> {
                    newFarEnd.send(Frames.numbered(3, 60));
                    return !frames.receive(rig.port(), 0).isEmpty();
                });
            }
        }
    }

    @Test
    void aMissingPortIsNamed() throws Exception {
        try (LinkWatch links = new LinkWatch()) {
            var e = assertThrows(
                    PortUnavailableException.class, () -> openPort("nowhere", Traffic.DATA, links, () -> {}));
            assertTrue(String.valueOf(e.getMessage()).startsWith("port nowhere does not exist"), e::getMessage);
        }
    }

    @Test
    void aMissingRightIsNamed() throws Throwable {
        makeVeth();
        try (LinkWatch links = new LinkWatch()) {
            Capabilities.dropAll();
            var e = assertThrows(PortUnavailableException.class, () -> openPort("near", Traffic.DATA, links, () -> {}));
            assertTrue(String.valueOf(e.getMessage()).contains("CAP_NET_RAW"), e::getMessage);
        }
    }
}
