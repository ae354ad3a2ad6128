package net.testudo.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Command lines that run the project's own programs, from the same jars and with the same JVM options
/// as `./testudo`.
public final class JavaCommand {
    private static final Path DEVICE_OPTIONS = Path.of("agent/src/main/jvm/device.options");
    private static final Path LAB_OPTIONS = Path.of("tests/src/main/jvm/lab.options");

    private JavaCommand() {}

    /// The program that runs one device.
    ///
    /// @param scratch directory for temporary files of native libraries
    /// @param arguments of the verb `device`
    public static List<String> device(Path scratch, List<String> arguments) {
        List<String> command = new ArrayList<>(java("agent", DEVICE_OPTIONS));
        command.add(1, "-Djava.io.tmpdir=" + scratch);
        command.add(2, "-Djna.tmpdir=" + scratch);
        command.add("net.testudo.agent.cli.Main");
        command.add("device");
        command.addAll(arguments);
        return command;
    }

    /// The same, translated by the first compiler only: it starts with half of the processor time, and
    /// each turn takes longer. For tests that look at what a device does, not at how soon.
    public static List<String> deviceThatStartsSoon(Path scratch, List<String> arguments) {
        List<String> command = device(scratch, arguments);
        command.add(1, "-XX:TieredStopAtLevel=1");
        return command;
    }

    /// The program that makes certificates and join keys.
    ///
    /// @param arguments of the verb `pki`
    public static List<String> pki(List<String> arguments) {
        List<String> command = new ArrayList<>(java("agent", LAB_OPTIONS));
        command.add("net.testudo.agent.cli.Main");
        command.add("pki");
        command.addAll(arguments);
        return command;
    }

    /// A program of the module `tests`.
    public static List<String> lab(Class<?> program) {
        List<String> command = new ArrayList<>(java("tests", LAB_OPTIONS));
        command.add(program.getName());
        return command;
    }

    /// A program of the module `tests` in a JVM like that of a device.
    public static List<String> bench(Class<?> program) {
        List<String> command = new ArrayList<>(java("tests", DEVICE_OPTIONS));
        command.add(program.getName());
        return command;
    }

    private static List<String> java(String module, Path options) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + ProjectHome.find().resolve(options),
                "-cp",
                classPath(module, ProjectHome.find().resolve(module).resolve("target")));
    }

    private static String classPath(String module, Path target) {
        List<Path> jars = new ArrayList<>(jars(target, module + "-"));
        if (jars.isEmpty()) {
            throw new LabException(target + " holds no jar of the module: build it with ./testudo or mvn package");
        }
        jars.addAll(jars(target.resolve("lib"), ""));
        return jars.stream().map(Path::toString).collect(Collectors.joining(":"));
    }

    private static List<Path> jars(Path directory, String prefix) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LabException("cannot read " + directory + ": build it with ./testudo or mvn package", e);
        }
    }
}
