package net.testudo.pcapio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// [TapPort]; the far end is the kernel's side of the TAP.
class TapPortTest extends PacketPortContract {
    @Override
    Rig open(Runnable wakeUp) throws Throwable {
        LinkWatch links = new LinkWatch();
        TapPort port = TapPort.open("tap-test", links, wakeUp);
        SystemCommand.run("ip", "link", "set", "dev", "tap-test", "up");
        return new Rig(
                links,
                port,
                new FarEnd(links.watch("tap-test", () -> {}).state().index()));
    }

    @Override
    int queueFrames() {
        return 1024;
    }

    @Test
    void theTapIsGoneWithItsPort() throws Throwable {
        open(frames.wakeUps::release).close();
        var e = assertThrows(PortUnavailableException.class, () -> SystemCommand.run("ip", "link", "show", "tap-test"));
        assertTrue(String.valueOf(e.getMessage()).contains("does not exist"), e::getMessage);
    }

    @Test
    void nobodyWaitsForATapThatSomebodyRemoved() throws Throwable {
        try (Rig rig = open(frames.wakeUps::release)) {
            Thread reader = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("port-tap-test"))
                    .findFirst()
                    .orElseThrow();
            SystemCommand.run("ip", "link", "delete", "tap-test");
            assertTrue(reader.join(Duration.ofSeconds(5)), "its reader goes on");
            while (rig.port().carrier()) {
                frames.wakeUps.acquire();
            }
        }
    }

    @Test
    void aNameInUseIsSaid() throws Throwable {
        try (Rig rig = open(frames.wakeUps::release)) {
            var e = assertThrows(PortUnavailableException.class, () -> TapPort.open("tap-test", rig.links(), () -> {}));
            assertTrue(String.valueOf(e.getMessage()).contains("tap-test (TAP) is in use"), e::getMessage);
        }
    }

    @Test
    void aMissingRightIsNamed() throws Throwable {
        try (LinkWatch links = new LinkWatch()) {
            Capabilities.dropAll();
            var e = assertThrows(PortUnavailableException.class, () -> TapPort.open("tap-test", links, () -> {}));
            assertTrue(String.valueOf(e.getMessage()).contains("CAP_NET_ADMIN"), e::getMessage);
        }
    }

    @Test
    void mtuIsThatOfTheKernel() throws Throwable {
        try (Rig rig = open(frames.wakeUps::release)) {
            assertEquals(1500, rig.port().mtuOctets());
        }
    }
}
