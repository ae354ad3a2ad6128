package net.testudo.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What crosses one of the lab's networks, recorded and decoded by tshark.
public final class Capture implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path file;
    private final LabProcess process;

    private Capture(Path file, LabProcess process) {
        this.file = file;
        this.process = process;
    }

    /// Begins to record all frames of a network; they are recorded from the return of this method on.
    public static Capture of(Lab lab, Network network) {
        Path file = lab.directory().resolve(network.label() + ".pcapng");
        List<String> command = List.of("tshark", "-q", "-i", network.label(), "-w", file.toString());
        LabProcess process =
                lab.start("capture-" + network.label(), lab.topology().switchNamespace(), command, Map.of());
        // Its header is written once the network is open.
        Await.until("a capture of " + network.label(), LIMIT, () -> size(file, process), size -> size > 0);
        return new Capture(file, process);
    }

    private static long size(Path file, LabProcess process) {
        if (!process.alive()) {
            throw new LabException("tshark ended: " + process.logTail());
        }
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Fields of the frames that a display filter selects, in the order of `fields`; an absent one is empty.
    ///
    /// @param fields names of Wireshark's
    public List<List<String>> fields(String filter, List<String> fields) {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-Y", filter, "-T", "fields"));
        fields.forEach(field -> command.addAll(List.of("-e", field)));
        return Commands.run(command)
                .lines()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    /// Whether a text stands in the octets of the frames that a display filter selects.
    public boolean contains(String filter, String text) {
        Path selected = file.resolveSibling("selected.pcapng");
        Commands.run(List.of("tshark", "-r", file.toString(), "-Y", filter, "-w", selected.toString()));
        try {
            return new String(Files.readAllBytes(selected), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the recording; it can be read from now on.
    @Override
    public void close() {
        process.close();
    }
}
