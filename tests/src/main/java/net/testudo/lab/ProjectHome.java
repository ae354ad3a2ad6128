package net.testudo.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the project stands on this machine: the directory that holds the launcher `testudo`.
public final class ProjectHome {
    private ProjectHome() {}

    /// Takes the system property `testudo.home`, which the launcher sets, or else searches upwards from the working
    /// directory.
    ///
    /// @throws LabException if there is no launcher above the working directory
    public static Path find() {
        String told = System.getProperty("testudo.home");
        if (told != null) {
            return Path.of(told);
        }
        @Nullable Path candidate = Path.of("").toAbsolutePath();
        while (candidate != null) {
            if (Files.isExecutable(candidate.resolve("testudo")) && Files.isRegularFile(candidate.resolve("pom.xml"))) {
                return candidate;
            }
            candidate = candidate.getParent();
        }
        throw new LabException("the launcher 'testudo' is not in the working directory or above it");
    }
}
