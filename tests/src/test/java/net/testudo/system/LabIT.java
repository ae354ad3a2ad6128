package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.testudo.lab.Commands;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.LabProcess;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LabIT {
    @BeforeAll
    static void needsRights() {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
    }

    /// Whether a host answers: it refuses a connection to a port on which nothing listens.
    private static boolean reaches(String namespace, String address) {
        List<String> connect = List.of("timeout", "1", "bash", "-c", "exec 3<>/dev/tcp/" + address + "/9");
        return Commands.attempt(Commands.inNamespace(namespace, connect), "", Duration.ofSeconds(5))
                .error()
                .contains("refused");
    }

    private static boolean hasCarrier(Lab lab, int device, Network network) {
        return lab.run(lab.topology().device(device), List.of("cat", "/sys/class/net/" + network.port() + "/carrier"))
                .startsWith("1");
    }

    @Test
    void hostsReachTheirOwnNetworkAndNoOther() {
        try (Lab lab = Lab.open(1)) {
            Topology topology = lab.topology();
            String outsideWitness = Network.OUTSIDE.address(Topology.WITNESS_HOST);
            String insideWitness = Network.INSIDE.address(Topology.WITNESS_HOST);
            assertAll(
                    () -> assertTrue(reaches(topology.client(), outsideWitness)),
                    () -> assertTrue(reaches(topology.server(), insideWitness)),
                    () -> assertTrue(reaches(topology.nms(), topology.managementAddress(1))),
                    () -> assertFalse(reaches(topology.client(), insideWitness)));
        }
    }

    @Test
    void aSilentCutKeepsTheCarrierAndHeals() {
        try (Lab lab = Lab.open(2)) {
            Topology topology = lab.topology();
            assertTrue(reaches(topology.nms(), topology.managementAddress(2)));
            lab.cutSilently(2, Network.MANAGEMENT);
            assertTrue(hasCarrier(lab, 2, Network.MANAGEMENT));
            assertFalse(reaches(topology.nms(), topology.managementAddress(2)));
            assertTrue(reaches(topology.nms(), topology.managementAddress(1)));
            lab.heal(2, Network.MANAGEMENT);
            assertTrue(reaches(topology.nms(), topology.managementAddress(2)));
        }
    }

    @Test
    void aPowerLossTakesAllLinksOfOneDevice() {
        try (Lab lab = Lab.open(2)) {
            lab.cutAllLinks(1);
            for (Network network : Network.values()) {
                assertFalse(hasCarrier(lab, 1, network), network.label());
                assertTrue(hasCarrier(lab, 2, network), network.label());
            }
            lab.restoreAllLinks(1);
            for (Network network : Network.values()) {
                assertTrue(hasCarrier(lab, 1, network), network.label());
            }
        }
    }

    @Test
    void closingLeavesNoNamespaceNoProcessAndNoFile() {
        Topology topology;
        Path directory;
        LabProcess process;
        try (Lab lab = Lab.open(2)) {
            topology = lab.topology();
            directory = lab.directory();
            process = lab.start("sleeper", topology.device(1), List.of("sleep", "600"), Map.of());
            // A process that the lab does not know: a child of a child.
            lab.run(topology.device(2), List.of("sh", "-c", "sleep 601 >/dev/null 2>&1 &"));
            process.stop();
            assertTrue(process.alive());
        }
        assertFalse(process.alive());
        assertFalse(Commands.run(List.of("ip", "netns", "list")).contains(topology.prefix()));
        assertFalse(Files.exists(directory));
        assertTrue(ProcessHandle.allProcesses()
                .flatMap(handle -> handle.info().commandLine().stream())
                .noneMatch(line -> line.matches(".*sleep 60[01]")));
    }

    @Test
    void savedLogsOutliveTheLab() throws IOException {
        Path copies;
        try (Lab lab = Lab.open(1)) {
            lab.start("speaker", lab.topology().device(1), List.of("echo", "heard"), Map.of())
                    .awaitExit(Duration.ofSeconds(5));
            copies = lab.saveLogs();
        }
        Path copy = copies.resolve("speaker.log");
        assertEquals("heard\n", Files.readString(copy));
        Files.delete(copy);
        Files.delete(copies);
    }

    @Test
    void aCommandThatFailsIsAnErrorThatNamesIt() {
        LabException error =
                assertThrows(LabException.class, () -> Commands.run(List.of("ip", "link", "show", "dev", "none")));
        assertTrue(String.valueOf(error.getMessage()).contains("'ip link show dev none' failed"), error.toString());
    }
}
