package net.testudo.agent.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A state directory, locked for this process. Knows the files and how they are replaced; used by one thread at a
/// time.
final class StateDirectory implements AutoCloseable {
    /// The newest format this version reads and the one it writes.
    static final int FORMAT = 1;

    private static final int SLOTS = 2;
    private static final String TEMPORARY = "new.tmp";
    private static final Pattern FORMAT_LINE = Pattern.compile("testudo-state (\\d{1,9})\\s*");
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path directory;
    private final FileChannel lockChannel;
    /// Under which images are written.
    private byte[] key;
    /// Differs from [#key] only while a key change is not finished.
    private byte[] oldKey;

    private StateDirectory(Path directory, FileChannel lockChannel, byte[] oldKey) throws IOException {
        this.directory = directory;
        this.lockChannel = lockChannel;
        this.oldKey = oldKey;
        key = keyChangePending() ? readKey(nextKeyFile(directory)) : oldKey;
    }

    /// Opens a directory, and makes it at the first start.
    ///
    /// @throws StateDirectoryException if it cannot be used
    static StateDirectory open(Path directory) throws StateDirectoryException {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel lock = lock(directory);
            try {
                checkFormat(directory);
                Files.deleteIfExists(directory.resolve(TEMPORARY));
                return new StateDirectory(directory, lock, readOrMakeKey(directory));
            } catch (IOException e) {
                lock.close();
                throw e;
            }
        } catch (StateDirectoryException e) {
            throw e;
        } catch (IOException e) {
            throw new StateDirectoryException("state directory " + directory + ": " + describe(e), e);
        }
    }

    /// Reads the newest image.
    LoadedState load() throws StateDirectoryException {
        List<String> faults = new ArrayList<>();
        SealedImage newest = null;
        int found = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            try {
                byte[] file = Files.readAllBytes(slotFile(slot));
                found++;
                SealedImage image = openWithEitherKey(file);
                if (newest == null || image.sequence() > newest.sequence()) {
                    newest = image;
                }
            } catch (NoSuchFileException _) {
                // judged below: at the first start there is none
            } catch (GeneralSecurityException e) {
                faults.add(slotFile(slot) + " is corrupt (" + e.getMessage() + ")");
            } catch (IOException e) {
                throw new StateDirectoryException("state file " + slotFile(slot) + ": " + describe(e), e);
            }
        }
        if (newest != null && newest.sequence() > 1 && found < SLOTS) {
            faults.add(slotFile((int) ((newest.sequence() + 1) % SLOTS)) + " is missing");
        }
        return judge(newest, found, String.join("; ", faults));
    }

    private LoadedState judge(@Nullable SealedImage newest, int found, String faults) throws StateDirectoryException {
        if (newest != null) {
            var recovery = faults.isEmpty() ? LoadedState.Recovery.INTACT : LoadedState.Recovery.FALLBACK;
            return new LoadedState(recovery, newest.image(), newest.sequence(), faults);
        }
        if (found > 0) {
            throw new StateDirectoryException(
                    "no state can be read: " + faults + "; nothing was changed: restore one of"
                            + " these files, or remove " + directory + " to start unconfigured");
        }
        return new LoadedState(LoadedState.Recovery.FIRST_START, null, 0, "");
    }

    /// Writes an image: aside, forced to disk, put in place of the older of the two. It is durable after [#force()].
    ///
    /// @param sequence one more than that of the newest image
    /// @throws IOException naming the file; everything stands as before
    void write(long sequence, byte[] image) throws IOException {
        try {
            replace(slotFile((int) (sequence % SLOTS)), SealedImage.seal(key, sequence, image));
        } catch (GeneralSecurityException e) {
            throw new IOException("the image cannot be encrypted: " + e.getMessage(), e);
        }
    }

    /// Leaves nothing readable but this image: both slots hold it, under a new key.
    void writeAndForgetOlder(long sequence, byte[] image) throws IOException {
        if (!keyChangePending()) {
            byte[] newKey = SealedImage.newKey();
            replace(nextKeyFile(directory), hex(newKey));
            force();
            key = newKey;
        }
        write(sequence, image);
        write(sequence + 1, image);
        force();
        Files.move(nextKeyFile(directory), keyFile(directory), StandardCopyOption.ATOMIC_MOVE);
        force();
        oldKey = key;
    }

    /// Whether a change of the device key was begun and not finished.
    boolean keyChangePending() {
        return Files.exists(nextKeyFile(directory));
    }

    @Override
    public void close() throws IOException {
        lockChannel.close();
    }

    /// A key change that a crash cut short leaves images under either key.
    private SealedImage openWithEitherKey(byte[] file) throws GeneralSecurityException {
        try {
            return SealedImage.open(key, file);
        } catch (GeneralSecurityException _) {
            return SealedImage.open(oldKey, file);
        }
    }

    private void replace(Path target, byte[] content) throws IOException {
        replace(directory, target, content);
    }

    private static void replace(Path directory, Path target, byte[] content) throws IOException {
        Path temporary = directory.resolve(TEMPORARY);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            removeTorn(temporary);
            throw new IOException("state file " + target + ": " + describe(e), e);
        }
    }

    private static void removeTorn(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException _) {
            // the fault that led here is reported; the next write truncates the file
        }
    }

    /// Forces to disk which files stand in the directory.
    ///
    /// @throws IOException naming the directory; what was replaced last may or may not be found by the next start
    void force() throws IOException {
        try {
            force(directory);
        } catch (IOException e) {
            throw new IOException("state directory " + directory + ": " + describe(e), e);
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // another store of this process: reported like one of another process
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new StateDirectoryException("state directory " + directory
                + " is in use by another device process (lock file " + file
                + "): stop that one, or give this device a directory of its own");
    }

    private static void checkFormat(Path directory) throws IOException {
        Path file = directory.resolve("format");
        if (!Files.exists(file)) {
            Files.writeString(file, "testudo-state " + FORMAT + "\n");
            return;
        }
        Matcher line = FORMAT_LINE.matcher(Files.readString(file));
        if (!line.matches()) {
            throw new StateDirectoryException(
                    "state file " + file + " is not readable: name another state directory, or remove this one");
        }
        int format = Integer.parseInt(line.group(1));
        if (format > FORMAT) {
            throw new StateDirectoryException("state directory " + directory + " has format " + format
                    + ", and this version reads up to " + FORMAT
                    + ": install the version that wrote it, or name another state directory");
        }
    }

    private static byte[] readOrMakeKey(Path directory) throws IOException {
        Path file = keyFile(directory);
        if (Files.exists(file)) {
            return readKey(file);
        }
        if (Files.exists(directory.resolve("image.0")) || Files.exists(directory.resolve("image.1"))) {
            throw new StateDirectoryException("state file " + file
                    + " is missing, and the state cannot be read without it: restore it, or remove " + directory
                    + " to start unconfigured");
        }
        byte[] key = SealedImage.newKey();
        replace(directory, file, hex(key));
        force(directory);
        return key;
    }

    private static byte[] readKey(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (text.length() != 2 * SealedImage.KEY_OCTETS || !text.matches("[0-9a-f]*")) {
            throw new StateDirectoryException("state file " + file
                    + " is no device key: restore it, or remove the directory to start unconfigured");
        }
        return HexFormat.of().parseHex(text);
    }

    private static byte[] hex(byte[] key) {
        return (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// What to do, in the words of the file system where they say it.
    private static String describe(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied: give the user of this process read and write access";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "is no directory: name another one, or remove that file";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        String text = reason == null ? e.toString() : reason;
        return text.contains("No space") || text.contains("too large") ? text + ": free some space" : text;
    }

    private Path slotFile(int slot) {
        return directory.resolve("image." + slot);
    }

    private static Path keyFile(Path directory) {
        return directory.resolve("device.key");
    }

    private static Path nextKeyFile(Path directory) {
        return directory.resolve("device.key.next");
    }
}
