package net.testudo.pcapio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The kernel is kept out of a port, and let in again.
@ExtendWith(OwnNetworkNamespace.class)
class KernelGuardTest {
    private static final int QUIET_MS = 300;
    private static final int TARGET = 0xc000_0201;
    private static final Path IPV6_OFF = Path.of("/proc/sys/net/ipv6/conf/near/disable_ipv6");

    private final Frames frames = new Frames();

    /// The address is on another interface of the device; Linux answers ARP for it on every one.
    private static void makePorts() throws PortUnavailableException {
        SystemCommand.run("ip", "link", "add", "near", "type", "veth", "peer", "name", "far");
        SystemCommand.run("ip", "link", "set", "dev", "far", "up");
        SystemCommand.run("ip", "link", "set", "dev", "near", "up");
        SystemCommand.run("ip", "address", "add", "192.0.2.1/32", "dev", "lo");
    }

    @Test
    void theKernelAnswersArpWithoutTheGuardAndNotWithIt() throws Throwable {
        makePorts();
        try (LinkWatch links = new LinkWatch();
                PcapPort port = PcapPort.open("near", Traffic.DATA, links, frames.wakeUps::release);
                FarEnd farEnd = new FarEnd(links.watch("far", () -> {}).state().index())) {
            frames.await(port::carrier);
            farEnd.send(arpProbe());
            farEnd.receive(KernelGuardTest::isArpReply);
            try (KernelGuard _ = KernelGuard.install("near")) {
                port.discard();
                farEnd.send(arpProbe());
                frames.receive(port, 1, frame -> ByteBuffer.wrap(frame).getShort(12) == 0x0806);
                assertFalse(isArpReply(farEnd.receiveAny(QUIET_MS)), "the port sees it, the kernel does not");
            }
            farEnd.send(arpProbe());
            farEnd.receive(KernelGuardTest::isArpReply);
        }
    }

    @Test
    void allThatWasSetIsTakenBack() throws Exception {
        makePorts();
        String offloads = SystemCommand.run("ethtool", "-k", "near");
        String ipv6 = Files.readString(IPV6_OFF);
        try (KernelGuard _ = KernelGuard.install("near")) {
            assertEquals("1", Files.readString(IPV6_OFF).strip());
            String guarded = SystemCommand.run("ethtool", "-k", "near");
            assertTrue(guarded.contains("generic-receive-offload: off"), guarded);
            assertTrue(guarded.contains("tx-checksumming: off"), guarded);
        }
        assertEquals(offloads, SystemCommand.run("ethtool", "-k", "near"));
        assertEquals(ipv6, Files.readString(IPV6_OFF));
        assertEquals("", SystemCommand.run("nft", "list", "tables"));
    }

    @Test
    void theRemainsOfAKilledProcessAreReplaced() throws Exception {
        makePorts();
        SystemCommand.run("nft", "add", "table", "netdev", "testudo-near");
        try (KernelGuard _ = KernelGuard.install("near")) {
            assertTrue(SystemCommand.run("nft", "list", "ruleset").contains("policy drop"));
        }
    }

    @Test
    void aMissingPortIsNamed() {
        var e = assertThrows(PortUnavailableException.class, () -> KernelGuard.install("nowhere"));
        assertTrue(String.valueOf(e.getMessage()).contains("nowhere"), e::getMessage);
    }

    private static boolean isArpReply(byte[] frame) {
        return frame.length >= 42
                && ByteBuffer.wrap(frame).getShort(12) == 0x0806
                && ByteBuffer.wrap(frame).getShort(20) == 2;
    }

    private static byte[] arpProbe() {
        ByteBuffer frame = ByteBuffer.allocate(60);
        frame.putLong(0, 0xffff_ffff_ffff_0200L).putInt(8, 0x0000_0042).putShort(12, (short) 0x0806);
        frame.putLong(14, 0x0001_0800_0604_0001L).putShort(22, (short) 0x0200).putInt(24, 0x42);
        return frame.putInt(38, TARGET).array();
    }
}
