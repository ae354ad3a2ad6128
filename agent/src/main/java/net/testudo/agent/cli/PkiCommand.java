package net.testudo.agent.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import net.testudo.agent.keystore.CertificateAuthority;
import net.testudo.agent.keystore.PemFiles;
import net.testudo.agent.keystore.PrivateFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The verb `pki`: what devices prove themselves with, for laboratories and for operators without an authority.
@Command(
        name = "pki",
        description = "Makes what devices prove themselves with when they join.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"1:a file cannot be read or made, one line says which", "2:wrong options"})
final class PkiCommand implements Runnable {
    private static final int FAILED = 1;
    private static final int JOIN_KEY_OCTETS = 32;
    /// A serial number becomes the name of a file.
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final String AUTHORITY_CERTIFICATE = "ca.crt";
    private static final String AUTHORITY_KEY = "ca.key";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw wrong("what is to be made? there are: ca, device, join-key");
    }

    private interface Work {
        void run() throws IOException;
    }

    private static int attempt(Work work) {
        try {
            work.run();
            return CommandLine.ExitCode.OK;
        } catch (FileAlreadyExistsException e) {
            System.err.println("testudo pki: " + e.getFile() + " is there already: nothing was changed");
        } catch (NoSuchFileException e) {
            System.err.println("testudo pki: " + e.getFile() + " is not there");
        } catch (IOException e) {
            System.err.println("testudo pki: " + (e.getMessage() == null ? e : e.getMessage()));
        }
        return FAILED;
    }

    private ParameterException wrong(String message) {
        CommandSpec current = spec;
        if (current == null) {
            throw new IllegalStateException("picocli has set no spec");
        }
        return new ParameterException(current.commandLine(), message);
    }

    /// `pki ca`.
    @Command(
            name = "ca",
            description = "Makes an authority: ca.crt, which every device is given, and ca.key, which signs.",
            mixinStandardHelpOptions = true)
    int authority(
            @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Where the files are made.")
                    Path directory,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            defaultValue = "Testudo devices",
                            description = "The authority's name (${DEFAULT-VALUE}).")
                    String name,
            @Option(names = "--days", paramLabel = "N", defaultValue = "3650", description = "Valid so long (3650).")
                    int days) {
        return attempt(() -> {
            Files.createDirectories(directory);
            write(
                    CertificateAuthority.create(name, Instant.now(), Duration.ofDays(days))
                            .self(),
                    directory.resolve(AUTHORITY_CERTIFICATE),
                    directory.resolve(AUTHORITY_KEY));
        });
    }

    /// `pki device`.
    @Command(
            name = "device",
            description =
                    "Makes a certificate for a device: SERIAL.crt and SERIAL.key, signed by the authority in DIR.",
            mixinStandardHelpOptions = true)
    int device(
            @Parameters(paramLabel = "SERIAL", description = "The device's serial number.") String serial,
            @Option(
                            names = "--dir",
                            required = true,
                            paramLabel = "DIR",
                            description = "Where `pki ca` made its files.")
                    Path directory,
            @Option(names = "--days", paramLabel = "N", defaultValue = "825", description = "Valid so long (825).")
                    int days) {
        if (!SERIAL.matcher(serial).matches()) {
            throw wrong("SERIAL: 1 to 64 letters, digits, dots, dashes and underscores");
        }
        return attempt(() -> {
            CertificateAuthority authority = CertificateAuthority.read(
                    directory.resolve(AUTHORITY_CERTIFICATE), directory.resolve(AUTHORITY_KEY));
            write(
                    authority.issue(serial, Instant.now(), Duration.ofDays(days)),
                    directory.resolve(serial + ".crt"),
                    directory.resolve(serial + ".key"));
        });
    }

    /// `pki join-key`.
    @Command(
            name = "join-key",
            description = "Draws a join key for a device and writes it to a file that only you may read.",
            mixinStandardHelpOptions = true)
    int joinKey(@Parameters(paramLabel = "FILE", description = "The file, which is made.") Path file) {
        return attempt(() -> {
            byte[] key = new byte[JOIN_KEY_OCTETS];
            new SecureRandom().nextBytes(key);
            PrivateFile.create(file, HexFormat.of().formatHex(key) + "\n");
        });
    }

    /// The key first: if it cannot be made, there is no certificate without one.
    private static void write(CertificateAuthority.Issued issued, Path certificate, Path key) throws IOException {
        PemFiles.writeKey(key, issued.key());
        PemFiles.writeCertificate(certificate, issued.certificate());
        System.out.println("made " + certificate + " and " + key);
    }
}
