package net.testudo.agent.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/// The key under which a device encrypts what it stores, in a file that only its owner may read; and the next one
/// beside
/// it while the key is changed.
final class DeviceKeyFile {
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.complementOf(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    private final Path file;
    private final Path directory;

    DeviceKeyFile(Path file) {
        this.file = file;
        Path parent = file.toAbsolutePath().getParent();
        directory = parent == null ? file : parent;
    }

    Path path() {
        return file;
    }

    private Path next() {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    boolean exists() {
        return Files.exists(file);
    }

    /// The key.
    ///
    /// @throws StateDirectoryException if others may read the file, or it holds no key
    byte[] read() throws IOException {
        return read(file);
    }

    /// Makes the first key.
    byte[] make() throws IOException {
        byte[] key = SealedImage.newKey();
        Files.deleteIfExists(DurableFile.aside(file));
        write(file, key);
        return key;
    }

    /// Whether a change was begun and not finished.
    boolean changePending() {
        return Files.exists(next());
    }

    /// The key that will be the only one.
    byte[] readNext() throws IOException {
        return read(next());
    }

    /// Begins a change: the old key stays readable until [#finishChange].
    byte[] beginChange() throws IOException {
        byte[] key = SealedImage.newKey();
        write(next(), key);
        return key;
    }

    /// Nothing is under the old key any more.
    void finishChange() throws IOException {
        Files.move(next(), file, StandardCopyOption.ATOMIC_MOVE);
        force();
    }

    private void write(Path target, byte[] key) throws IOException {
        byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            DurableFile.replace(target, text);
            force();
        } catch (IOException e) {
            throw new IOException("device key " + target + ": " + StateDirectory.describe(e), e);
        }
    }

    private void force() throws IOException {
        DurableFile.force(directory);
    }

    private static byte[] read(Path key) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(key);
        if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
            throw new StateDirectoryException("device key " + key + " may be used by others ("
                    + PosixFilePermissions.toString(permissions) + "): find out who read it, then chmod 600 " + key);
        }
        String text = Files.readString(key, StandardCharsets.ISO_8859_1).strip();
        if (text.length() != 2 * SealedImage.KEY_OCTETS || !text.matches("[0-9a-f]*")) {
            throw new StateDirectoryException("device key " + key
                    + " holds no key: restore it; without it the state cannot be read, and only removing the state"
                    + " directory lets the device start, unconfigured");
        }
        return HexFormat.of().parseHex(text);
    }
}
