package net.testudo.agent.keystore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files with secrets, which only their owner may read.
public final class PrivateFile {
    private PrivateFile() {}

    /// Makes a file; nobody else may read it at any moment.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if it is there already; nothing is changed then
    /// @throws IOException if it cannot be made
    public static void create(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
    }
}
