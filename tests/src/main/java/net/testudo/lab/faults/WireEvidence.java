package net.testudo.lab.faults;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import net.testudo.lab.LabException;

/// The newest of what was recorded, in two files of bounded size by turns, which Wireshark can open.
final class WireEvidence implements AutoCloseable {
    private static final long FILE_OCTETS_MAX = 64L << 20;
    private static final int FILES = 2;

    private final Path directory;
    private final ByteArrayOutputStream descriptions = new ByteArrayOutputStream();
    private int turn;
    private long octets;
    private OutputStream out;

    WireEvidence(Path directory) {
        this.directory = directory;
        this.out = open();
    }

    private Path file(int number) {
        return directory.resolve("wire-" + number + ".pcapng");
    }

    private OutputStream open() {
        try {
            OutputStream opened = new BufferedOutputStream(Files.newOutputStream(file(turn % FILES)));
            descriptions.writeTo(opened);
            octets = descriptions.size();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a block.
    ///
    /// @param describes whether each file has to begin with it
    synchronized void add(ByteBuffer block, boolean describes) {
        try {
            if (describes) {
                PcapngReader.copy(block, descriptions);
            } else if (octets > FILE_OCTETS_MAX) {
                out.close();
                turn++;
                out = open();
            }
            PcapngReader.copy(block, out);
            octets += block.remaining();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Copies the files to a directory.
    synchronized void saveTo(Path target) {
        try {
            out.flush();
            for (int number = 0; number < FILES; number++) {
                if (Files.exists(file(number))) {
                    Files.copy(file(number), target.resolve(file(number).getFileName()));
                }
            }
        } catch (IOException e) {
            throw new LabException("cannot save what was recorded: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
