package net.testudo.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Labs that stay up after the program that built them: each has a file in its directory that says how to end it.
public final class KeptLabs {
    private static final String RECORD = "kept";
    private static final String NAMESPACE = "namespace ";
    private static final String PROCESS = "process ";

    private KeptLabs() {}

    /// Notes what is left of a lab.
    static void record(Path directory, Topology topology, List<LabProcess> processes) {
        List<String> lines = new ArrayList<>();
        topology.namespaces().forEach(name -> lines.add(NAMESPACE + name));
        for (LabProcess process : processes) {
            startOf(process.pid()).ifPresent(start -> lines.add(PROCESS + process.pid() + " " + start));
        }
        try {
            Files.write(directory.resolve(RECORD), lines);
        } catch (IOException e) {
            throw new LabException("cannot note what is left of the lab: " + e.getMessage(), e);
        }
    }

    /// Ends all kept labs of this user.
    ///
    /// @return how many there were
    public static int stopAll() {
        int count = 0;
        for (Path directory : kept()) {
            stop(directory);
            count++;
        }
        return count;
    }

    private static List<Path> kept() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(file -> file.getFileName().toString().startsWith(Lab.PREFIX))
                    .filter(file -> Files.isReadable(file.resolve(RECORD)))
                    .toList();
        } catch (IOException e) {
            throw new LabException("cannot read " + parent + ": " + e.getMessage(), e);
        }
    }

    private static void stop(Path directory) {
        List<String> lines;
        try {
            lines = Files.readAllLines(directory.resolve(RECORD));
        } catch (IOException e) {
            throw new LabException("cannot read " + directory + ": " + e.getMessage(), e);
        }
        lines.stream().filter(line -> line.startsWith(PROCESS)).forEach(KeptLabs::endProcess);
        // A lab in a user namespace is gone with its last process; this one is then not known here.
        Lab.removeNamespaces(lines.stream()
                .filter(line -> line.startsWith(NAMESPACE))
                .map(line -> line.substring(NAMESPACE.length()))
                .toList());
        Lab.deleteDirectory(directory);
    }

    private static void endProcess(String line) {
        String[] words = line.split(" ", 3);
        long pid = Long.parseLong(words[1]);
        // The number may have been given to another process since.
        if (startOf(pid).map(Instant::toString).equals(Optional.of(words[2]))) {
            ProcessHandle.of(pid).ifPresent(Lab::endAndAwait);
        }
    }

    private static Optional<Instant> startOf(long pid) {
        return ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant());
    }
}
