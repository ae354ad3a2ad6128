package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.testudo.lab.Await;
import net.testudo.lab.Commands;
import net.testudo.lab.LabProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A device whose state directory is full, damaged or not usable: nothing is lost, and the operator is told.
class StateDirectoryIT {
    private static final int CANNOT_START = 1;

    private final DeviceLab lab = DeviceLab.open(1);

    @AfterEach
    void closeLab() {
        lab.close();
    }

    private static String name(String name) {
        return RawNetconf.edit("<cluster xmlns='urn:testudo:yang:testudo-cluster'><name>" + name + "</name></cluster>");
    }

    private static void assertRunning(RawNetconf session, String name) {
        String running = session.rpc(RawNetconf.getConfig("running"));
        assertTrue(running.contains("<name>" + name + "</name>"), running);
    }

    @Test
    void aCommitOnAFullDiskIsRefusedAndSucceedsWhenThereIsSpaceAgain() throws IOException {
        LabProcess process = lab.startOnSmallDisk(1, "128k");
        try (RawNetconf session = lab.form(List.of())) {
            // As the process sees it: the file system belongs to its mount namespace.
            Path state = Path.of("/proc/" + process.pid() + "/root" + lab.state(1));
            Path ballast = state.resolve("ballast");
            Commands.attempt(
                    List.of("dd", "if=/dev/zero", "of=" + ballast, "bs=1k", "count=1024"), "", DeviceLab.LIMIT);
            session.ok(name("unstored"));
            String refused = session.rpc("<commit/>");
            assertTrue(refused.contains("<error-tag>resource-denied</error-tag>"), refused);
            assertTrue(refused.contains("<error-app-tag>store-failed</error-app-tag>"), refused);
            assertTrue(refused.contains("No space left on device"), refused);
            assertTrue(refused.contains("image."), refused);
            assertRunning(session, "bad-input");
            assertTrue(session.rpc(RawNetconf.getConfig("candidate")).contains("<name>unstored</name>"));
            String alarm = alarms(session);
            assertTrue(alarm.contains("<name>store-failed</name>"), alarm);

            Files.delete(ballast);
            Await.until(
                    "the end of the alarm", DeviceLab.LIMIT, () -> alarms(session), a -> !a.contains("store-failed"));
            session.ok("<commit/>");
            assertRunning(session, "unstored");
        }
        assertTrue(process.alive());
    }

    private static String alarms(RawNetconf session) {
        return session.rpc(RawNetconf.state("<state><alarm/></state>"));
    }

    /// Damages a file.
    private static void damage(Path file, String how) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        switch (how) {
            case "flipped" -> octets[octets.length / 2] ^= 0x10;
            case "truncated" -> octets = Arrays.copyOf(octets, octets.length / 3);
            case "emptied" -> octets = new byte[0];
            default -> throw new IllegalArgumentException(how);
        }
        Files.write(file, octets);
    }

    /// Forms a cluster and commits until both images hold the name `kept`, then once more; ends the device.
    private void leaveStateBehind() {
        LabProcess process = lab.start(1);
        try (RawNetconf session = lab.form(List.of())) {
            for (String name : List.of("one", "two", "kept", "newest")) {
                session.ok(name(name));
                session.ok("<commit/>");
            }
        }
        process.close();
    }

    private Path image(int slot) {
        return lab.state(1).resolve("image." + slot);
    }

    private Path newest() throws IOException {
        return Files.getLastModifiedTime(image(0)).compareTo(Files.getLastModifiedTime(image(1))) > 0
                ? image(0)
                : image(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flipped", "truncated", "emptied"})
    void aDamagedImageIsNamedAndTheLastGoodRevisionIsUsed(String how) throws IOException {
        leaveStateBehind();
        Path newest = newest();
        damage(newest, how);
        lab.start(1);
        try (RawNetconf session = lab.netconf(1)) {
            String log = lab.log(1);
            assertTrue(log.contains("started with the last good state"), log);
            assertTrue(log.contains(newest + " is corrupt"), log);
            String alarms = alarms(session);
            assertTrue(alarms.contains("<name>state-recovered</name>"), alarms);
            assertTrue(alarms.contains(newest + " is corrupt"), alarms);
            String running = session.rpc(RawNetconf.getConfig("running"));
            assertTrue(running.contains("<name>newest</name>") || running.contains("<name>kept</name>"), running);
            // It serves on as the only voter it is.
            Await.until(
                    "a commit",
                    DeviceLab.LIMIT,
                    () -> {
                        session.rpc(name("after"));
                        return session.rpc("<commit/>");
                    },
                    reply -> reply.contains("<ok"));
            assertRunning(session, "after");
        }
    }

    @Test
    void whenNoImageCanBeReadTheDeviceRefusesToStartAndTouchesNothing() throws IOException {
        leaveStateBehind();
        damage(image(0), "flipped");
        damage(image(1), "truncated");
        byte[] first = Files.readAllBytes(image(0));
        byte[] second = Files.readAllBytes(image(1));
        lab.start(1);
        assertEquals(CANNOT_START, lab.awaitEnd(1), () -> lab.log(1));
        String error = error();
        assertTrue(error.contains(image(0) + " is corrupt"), error);
        assertTrue(error.contains(image(1) + " is corrupt"), error);
        assertTrue(error.contains("restore"), error);
        assertTrue(error.contains("remove"), error);
        assertArrayEquals(first, Files.readAllBytes(image(0)));
        assertArrayEquals(second, Files.readAllBytes(image(1)));
    }

    /// The one line that says why a device did not start.
    private String error() {
        List<String> lines = lab.log(1)
                .lines()
                .filter(line -> line.startsWith("testudo device: "))
                .toList();
        assertEquals(1, lines.size(), () -> lab.log(1));
        assertFalse(lines.getFirst().contains("Exception"), lines.getFirst());
        return lines.getFirst();
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
        Files.createDirectories(lab.state(1).resolve(".."));
        List<String> command = new ArrayList<>(lab.command(1));
        Files.delete(lab.state(1));
        DeviceLab.write(lab.state(1), "no directory\n");
        lab.run(1, command);
        assertEquals(CANNOT_START, lab.awaitEnd(1), () -> lab.log(1));
        assertTrue(error().contains("state directory " + lab.state(1) + ": is no directory"), error());
        assertEquals("no directory\n", DeviceLab.read(lab.state(1)));
    }

    @Test
    void aDirectoryThatMayNotBeReadIsNamed() {
        // Root without these two capabilities is what other users are.
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search"));
        command.addAll(lab.command(1));
        Commands.run(List.of("chmod", "000", lab.state(1).toString()));
        lab.run(1, command);
        assertEquals(CANNOT_START, lab.awaitEnd(1), () -> lab.log(1));
        assertTrue(error().contains("state directory " + lab.state(1) + ": permission denied: give"), error());
    }
}
