package net.testudo.agent.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Files that only their owner may read, and that are replaced as a whole: written aside, forced to disk, renamed.
public final class DurableFile {
    private static final String ASIDE = ".tmp";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private DurableFile() {}

    /// Puts `content` in the place of `target`. After a crash either is found; only after [#force] surely the new one.
    ///
    /// @throws IOException what the file system says; everything stands as before then
    public static void replace(Path target, byte[] content) throws IOException {
        Path aside = aside(target);
        try (FileChannel channel = FileChannel.open(
                aside,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            removeTorn(aside);
            throw e;
        }
    }

    /// Forces to disk which files stand in a directory.
    public static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// What a write that was cut short may have left behind.
    static Path aside(Path target) {
        return target.resolveSibling(target.getFileName() + ASIDE);
    }

    private static void removeTorn(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException _) {
            // the fault that led here is reported; the next write truncates the file
        }
    }
}
