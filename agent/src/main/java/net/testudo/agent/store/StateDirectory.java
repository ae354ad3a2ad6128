package net.testudo.agent.store;

import java.io.IOException;
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
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A state directory, locked for this process. Knows the files and how they are replaced; used by one thread at a
/// time.
final class StateDirectory implements AutoCloseable {
    /// The newest format this version reads and the one it writes.
    static final int FORMAT = 1;

    private static final int SLOTS = 2;
    /// Of the sealed host key; images count from 1.
    private static final long NO_IMAGE = 0;
    private static final Pattern FORMAT_LINE = Pattern.compile("testudo-state (\\d{1,9})\\s*");

    private final Path directory;
    private final FileChannel lockChannel;
    private final DeviceKeyFile keyFile;
    private final String hostKey;
    /// Under which images are written.
    private byte[] key;
    /// Differs from [#key] only while a key change is not finished.
    private byte[] oldKey;

    private StateDirectory(
            StateLocation location, FileChannel lockChannel, DeviceKeyFile keyFile, Supplier<String> newHostKey)
            throws IOException {
        directory = location.directory();
        this.lockChannel = lockChannel;
        this.keyFile = keyFile;
        oldKey = readOrMakeKey();
        key = keyChangePending() ? keyFile.readNext() : oldKey;
        hostKey = readOrMakeHostKey(newHostKey);
    }

    /// Opens a directory, and makes it at the first start.
    ///
    /// @param newHostKey makes the device's host key at the first start
    /// @throws StateDirectoryException if it cannot be used
    static StateDirectory open(StateLocation location, Supplier<String> newHostKey) throws StateDirectoryException {
        Path directory = location.directory();
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel lock = lock(directory);
            try {
                checkFormat(directory);
                for (int slot = 0; slot < SLOTS; slot++) {
                    Files.deleteIfExists(DurableFile.aside(slotFile(directory, slot)));
                }
                return new StateDirectory(location, lock, new DeviceKeyFile(location.keyFile()), newHostKey);
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

    /// The device's own SSH host key, as text.
    String hostKey() {
        return hostKey;
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
                            + " these files, or the device key " + keyFile.path() + " if it was replaced, or remove "
                            + directory + " to start unconfigured");
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
            key = keyFile.beginChange();
        }
        writeHostKey(hostKey);
        write(sequence, image);
        write(sequence + 1, image);
        force();
        keyFile.finishChange();
        oldKey = key;
    }

    /// Whether a change of the device key was begun and not finished.
    boolean keyChangePending() {
        return keyFile.changePending();
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

    private static void replace(Path target, byte[] content) throws IOException {
        try {
            DurableFile.replace(target, content);
        } catch (IOException e) {
            throw new IOException("state file " + target + ": " + describe(e), e);
        }
    }

    /// Forces to disk which files stand in the directory.
    ///
    /// @throws IOException naming the directory; what was replaced last may or may not be found by the next start
    void force() throws IOException {
        try {
            DurableFile.force(directory);
        } catch (IOException e) {
            throw new IOException("state directory " + directory + ": " + describe(e), e);
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

    private byte[] readOrMakeKey() throws IOException {
        if (keyFile.exists()) {
            return keyFile.read();
        }
        if (Files.exists(slotFile(0)) || Files.exists(slotFile(1))) {
            throw new StateDirectoryException("device key " + keyFile.path()
                    + " is missing, and the state cannot be read without it: restore it, or remove " + directory
                    + " to start unconfigured, and let the device join again");
        }
        return keyFile.make();
    }

    private String readOrMakeHostKey(Supplier<String> newHostKey) throws IOException {
        Path file = hostKeyFile();
        if (!Files.exists(file)) {
            String made = newHostKey.get();
            writeHostKey(made);
            force();
            return made;
        }
        try {
            SealedImage opened = openWithEitherKey(Files.readAllBytes(file));
            if (opened.sequence() == NO_IMAGE) {
                return new String(opened.image(), StandardCharsets.US_ASCII);
            }
        } catch (GeneralSecurityException _) {
            // reported below
        }
        throw new StateDirectoryException("state file " + file + " holds no host key of this device: restore it, or"
                + " remove it to have another one made, which every SSH client has to accept anew");
    }

    private void writeHostKey(String text) throws IOException {
        try {
            replace(hostKeyFile(), SealedImage.seal(key, NO_IMAGE, text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IOException("the host key cannot be encrypted: " + e.getMessage(), e);
        }
    }

    /// What to do, in the words of the file system where they say it.
    static String describe(IOException e) {
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
        return slotFile(directory, slot);
    }

    private static Path slotFile(Path directory, int slot) {
        return directory.resolve("image." + slot);
    }

    private Path hostKeyFile() {
        return directory.resolve("ssh-host-key");
    }
}
