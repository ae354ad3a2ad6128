package net.testudo.mib;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The texts of our MIB modules, for managers to load.
public enum MibText {
    /// Registration tree and shared types.
    TESTUDO_SMI,
    /// The cluster as one network element.
    TESTUDO_CLUSTER_MIB;

    /// The name of the module, such as `TESTUDO-SMI`.
    public String moduleName() {
        return name().replace('_', '-');
    }

    /// The name of the file that a manager expects.
    public String fileName() {
        return moduleName() + ".txt";
    }

    /// The text in SMIv2 (RFC 2578).
    public String text() {
        try (InputStream in = MibText.class.getResourceAsStream(fileName())) {
            if (in == null) {
                throw new IllegalStateException(fileName() + " is missing in the jar of module mib");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(fileName() + " cannot be read from the jar of module mib", e);
        }
    }
}
