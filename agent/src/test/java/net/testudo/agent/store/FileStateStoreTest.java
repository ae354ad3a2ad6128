package net.testudo.agent.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.testudo.agent.store.LoadedState.Recovery;
import net.testudo.element.port.StateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStateStoreTest {
    @TempDir
    Path temporary;

    private final AtomicInteger hostKeys = new AtomicInteger();
    private final Semaphore wakeUps = new Semaphore(0);

    private Path directory() {
        return temporary.resolve("state");
    }

    private FileStateStore open() throws IOException {
        return FileStateStore.open(
                StateLocation.in(directory()), () -> "made " + hostKeys.incrementAndGet(), wakeUps::release);
    }

    private static byte[] image(int number) {
        return ("image " + number + " ").repeat(100).getBytes(StandardCharsets.US_ASCII);
    }

    /// Persists images 1 to `count`, each awaited.
    private void write(int count) throws Exception {
        try (FileStateStore store = open()) {
            for (int i = 1; i <= count; i++) {
                assertEquals(List.of("persisted " + i), persist(store, i, image(i)));
            }
        }
    }

    private List<String> persist(FileStateStore store, long ticket, byte[] image) throws Exception {
        store.persist(ticket, image);
        assertTrue(wakeUps.tryAcquire(10, TimeUnit.SECONDS));
        Reports reports = new Reports();
        store.poll(reports);
        return reports.lines;
    }

    private LoadedState load() throws IOException {
        try (FileStateStore store = open()) {
            return store.loaded();
        }
    }

    @Test
    void theFirstStartFindsNothing() throws Exception {
        LoadedState loaded = load();
        assertEquals(Recovery.FIRST_START, loaded.recovery());
        assertNull(loaded.image());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory().resolve("device.key"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void theNewestImageIsRead(int count) throws Exception {
        write(count);
        LoadedState loaded = load();
        assertEquals(Recovery.INTACT, loaded.recovery());
        assertArrayEquals(image(count), loaded.image());
        assertEquals("", loaded.reason());
    }

    @Test
    void ofManyWaitingImagesTheNewestIsWrittenAndItsTicketStandsForAll() throws Exception {
        Reports reports = new Reports();
        try (FileStateStore store = open()) {
            for (int i = 1; i <= 200; i++) {
                store.persist(i, image(i));
            }
            while (!reports.lines.contains("persisted 200")) {
                assertTrue(wakeUps.tryAcquire(10, TimeUnit.SECONDS));
                store.poll(reports);
            }
        }
        assertArrayEquals(image(200), load().image());
    }

    @Test
    void aTornImageFallsBackToThePreviousOneWhereverItIsTorn() throws Exception {
        write(3);
        Path newest = directory().resolve("image.1");
        byte[] whole = Files.readAllBytes(newest);
        for (int length = 0; length < whole.length; length += length < 64 ? 1 : 37) {
            Files.write(newest, Arrays.copyOf(whole, length));
            LoadedState loaded = load();
            assertEquals(Recovery.FALLBACK, loaded.recovery(), "torn at " + length);
            assertArrayEquals(image(2), loaded.image());
            assertTrue(loaded.reason().contains("image.1 is corrupt"), loaded.reason());
        }
    }

    @Test
    void aFlippedBitAnywhereIsNoticed() throws Exception {
        write(2);
        Path newest = directory().resolve("image.0");
        byte[] whole = Files.readAllBytes(newest);
        for (int octet = 0; octet < whole.length; octet += octet < 64 ? 1 : 41) {
            byte[] flipped = whole.clone();
            flipped[octet] ^= (byte) (1 << octet % 8);
            Files.write(newest, flipped);
            LoadedState loaded = load();
            assertEquals(Recovery.FALLBACK, loaded.recovery(), "flipped in octet " + octet);
            assertArrayEquals(image(1), loaded.image());
        }
    }

    @Test
    void aMissingImageIsAFallbackToo() throws Exception {
        write(4);
        Files.delete(directory().resolve("image.0"));
        LoadedState loaded = load();
        assertEquals(Recovery.FALLBACK, loaded.recovery());
        assertArrayEquals(image(3), loaded.image());
        assertTrue(loaded.reason().contains("image.0 is missing"), loaded.reason());
    }

    @Test
    void whenNothingCanBeReadItIsRefusedAndNothingIsTouched() throws Exception {
        write(2);
        Files.write(directory().resolve("image.0"), new byte[100]);
        Files.write(directory().resolve("image.1"), new byte[0]);
        var e = assertThrows(StateDirectoryException.class, this::open);
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("image.0 is corrupt"), message);
        assertTrue(message.contains("image.1 is corrupt"), message);
        assertTrue(message.contains("restore one of these files, or the device key"), message);
        assertArrayEquals(new byte[100], Files.readAllBytes(directory().resolve("image.0")));
        assertArrayEquals(new byte[0], Files.readAllBytes(directory().resolve("image.1")));
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws Exception {
        Files.writeString(directory(), "mine");
        var e = assertThrows(StateDirectoryException.class, this::open);
        assertEquals(
                "state directory " + directory() + ": is no directory: name another one, or remove that file",
                e.getMessage());
        assertEquals("mine", Files.readString(directory()));
    }

    @Test
    void afterAFallbackTheNextImageIsTheNewest() throws Exception {
        write(3);
        Files.write(directory().resolve("image.1"), new byte[0]);
        try (FileStateStore store = open()) {
            persist(store, 1, image(77));
        }
        LoadedState loaded = load();
        assertEquals(Recovery.INTACT, loaded.recovery());
        assertArrayEquals(image(77), loaded.image());
    }

    @Test
    void twoStoresCannotShareADirectory() throws Exception {
        try (FileStateStore store = open()) {
            assertEquals(Recovery.FIRST_START, store.loaded().recovery());
            var e = assertThrows(StateDirectoryException.class, this::open);
            assertTrue(String.valueOf(e.getMessage()).contains("is in use by another device process"), e::getMessage);
        }
        open().close();
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        write(1);
        Files.writeString(directory().resolve("format"), "testudo-state 2\n");
        var e = assertThrows(StateDirectoryException.class, this::open);
        assertTrue(String.valueOf(e.getMessage()).contains("has format 2"), e::getMessage);
    }

    @Test
    void stateWithoutItsKeyIsRefused() throws Exception {
        write(1);
        Files.delete(directory().resolve("device.key"));
        var e = assertThrows(StateDirectoryException.class, this::open);
        assertTrue(String.valueOf(e.getMessage()).contains("device.key is missing"), e::getMessage);
    }

    @Test
    void theImageOnDiskIsEncrypted() throws Exception {
        write(1);
        String file = Files.readString(directory().resolve("image.1"), StandardCharsets.ISO_8859_1);
        assertFalse(file.contains("image 1"));
    }

    @Test
    void afterForgetOlderOnlyTheNewestIsReadableAndUnderAnotherKey() throws Exception {
        write(2);
        String oldKey = Files.readString(directory().resolve("device.key"));
        byte[] oldImage = Files.readAllBytes(directory().resolve("image.0"));
        try (FileStateStore store = open()) {
            persist(store, 1, image(50));
            store.forgetOlder();
        }
        assertNotEquals(oldKey, Files.readString(directory().resolve("device.key")));
        LoadedState loaded = load();
        assertEquals(Recovery.INTACT, loaded.recovery());
        assertArrayEquals(image(50), loaded.image());
        Files.write(directory().resolve("image.0"), oldImage);
        assertEquals(Recovery.FALLBACK, load().recovery());
        assertArrayEquals(image(50), load().image());
    }

    @Test
    void aKeyChangeThatACrashCutShortIsFinished() throws Exception {
        write(2);
        writeKey("device.key.next", "ab".repeat(32));
        assertArrayEquals(image(2), load().image());
        assertFalse(Files.exists(directory().resolve("device.key.next")));
        assertEquals(
                "ab".repeat(32),
                Files.readString(directory().resolve("device.key")).strip());
        assertArrayEquals(image(2), load().image());
    }

    @Test
    void aFullDiskIsReportedWithTheFileAndTheNextWriteWorks() throws Exception {
        try (FileStateStore store = open()) {
            persist(store, 1, image(1));
            Files.createSymbolicLink(directory().resolve("image.0.tmp"), Path.of("/dev/full"));
            String report = persist(store, 2, image(2)).getFirst();
            assertTrue(report.startsWith("failed 2: state file " + directory().resolve("image.0")), report);
            assertTrue(report.contains("No space left on device: free some space"), report);
            assertEquals(List.of("persisted 3"), persist(store, 3, image(3)));
        }
        LoadedState loaded = load();
        assertEquals(Recovery.INTACT, loaded.recovery());
        assertArrayEquals(image(3), loaded.image());
    }

    @Test
    void aMissingRightIsSaid() throws Exception {
        Files.createDirectory(
                directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        AtomicReference<Throwable> fault = new AtomicReference<>(new AssertionError("not run"));
        Thread.ofPlatform()
                .start(() -> {
                    fault.set(assertThrows(StateDirectoryException.class, () -> {
                        ThreadRights.dropAll();
                        open().close();
                    }));
                })
                .join();
        assertTrue(String.valueOf(fault.get()).contains("permission denied: give"), fault::toString);
    }

    private Path writeKey(String name, String text) throws IOException {
        Path file = Files.writeString(directory().resolve(name), text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private String refusal() {
        return String.valueOf(
                assertThrows(StateDirectoryException.class, this::open).getMessage());
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws Exception {
        write(1);
        Path key = directory().resolve("device.key");
        for (String permissions : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
            String said = refusal();
            assertTrue(said.contains(permissions) && said.contains("chmod 600 " + key), said);
        }
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertArrayEquals(image(1), load().image());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123", "zz"})
    void aCorruptKeyIsRefusedAndNotShown(String text) throws Exception {
        write(1);
        writeKey("device.key", text.isEmpty() ? "" : text.repeat(64 / text.length() - 1));
        String said = refusal();
        assertTrue(said.contains("device.key holds no key: restore it"), said);
        assertTrue(text.isEmpty() || !said.contains(text), said);
    }

    @Test
    void stateUnderAnotherKeyIsRefusedAndTheKeyIsNamed() throws Exception {
        write(2);
        Files.delete(directory().resolve("ssh-host-key"));
        writeKey("device.key", "cd".repeat(32));
        String said = refusal();
        assertTrue(said.contains("the device key " + directory().resolve("device.key") + " if it was replaced"), said);
    }

    @Test
    void theKeyMayLieElsewhere() throws Exception {
        Path keys = Files.createDirectory(temporary.resolve("keys"));
        StateLocation location = new StateLocation(directory(), keys.resolve("a1.key"));
        try (FileStateStore store = FileStateStore.open(location, () -> "own", wakeUps::release)) {
            persist(store, 1, image(1));
            store.forgetOlder();
        }
        assertFalse(Files.exists(directory().resolve("device.key")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("a1.key"))));
        try (FileStateStore store = FileStateStore.open(location, () -> "other", wakeUps::release)) {
            assertArrayEquals(image(1), store.loaded().image());
            assertEquals("own", store.hostKey());
        }
        assertTrue(refusal().contains("device.key is missing"));
    }

    @Test
    void theHostKeyIsMadeOnceEncryptedAndKeptOverAChangeOfTheDeviceKey() throws Exception {
        try (FileStateStore store = open()) {
            assertEquals("made 1", store.hostKey());
            persist(store, 1, image(1));
        }
        String sealed = Files.readString(directory().resolve("ssh-host-key"), StandardCharsets.ISO_8859_1);
        assertFalse(sealed.contains("made 1"));
        try (FileStateStore store = open()) {
            store.forgetOlder();
        }
        assertNotEquals(sealed, Files.readString(directory().resolve("ssh-host-key"), StandardCharsets.ISO_8859_1));
        try (FileStateStore store = open()) {
            assertEquals("made 1", store.hostKey());
        }
    }

    @Test
    void aDamagedHostKeyIsNamedAndAnImageIsNone() throws Exception {
        write(1);
        Path file = directory().resolve("ssh-host-key");
        Files.writeString(file, "in clear");
        assertTrue(refusal().contains(file + " holds no host key of this device"));
        Files.copy(directory().resolve("image.1"), file, StandardCopyOption.REPLACE_EXISTING);
        assertTrue(refusal().contains(file + " holds no host key of this device"));
        Files.delete(file);
        try (FileStateStore store = open()) {
            assertEquals("made 2", store.hostKey());
        }
    }

    private static final class Reports implements StateStore.Completion {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void onPersisted(long ticket) {
            lines.add("persisted " + ticket);
        }

        @Override
        public void onFailed(long ticket, String reason) {
            lines.add("failed " + ticket + ": " + reason);
        }
    }
}
