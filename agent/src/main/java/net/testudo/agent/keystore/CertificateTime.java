package net.testudo.agent.keystore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import net.testudo.agent.store.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time at which certificates are judged: that of the clock, but never before the latest begin of validity that was
/// seen in a certificate that was believed. So a clock that was set back, or lost its battery, makes no expired
/// certificate valid again.
final class CertificateTime {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateTime.class);

    private final Path file;
    private final Clock clock;
    private Instant proved;

    private CertificateTime(Path file, Clock clock, Instant proved) {
        this.file = file;
        this.clock = clock;
        this.proved = proved;
    }

    /// @param file where what was proved is kept; made when there is something to keep
    /// @throws IOException if the file is there but cannot be read
    static CertificateTime open(Path file, Clock clock) throws IOException {
        try {
            return new CertificateTime(
                    file, clock, Instant.parse(Files.readString(file).strip()));
        } catch (NoSuchFileException e) {
            return new CertificateTime(file, clock, Instant.MIN);
        } catch (DateTimeParseException e) {
            throw new IOException(file + " holds no time; remove it if the clock of this device is right", e);
        }
    }

    /// The time at which certificates are judged now.
    synchronized Instant now() {
        Instant now = clock.instant();
        return now.isBefore(proved) ? proved : now;
    }

    /// A certificate that was believed begins to be valid at this time: it is not earlier now.
    synchronized void prove(Instant notBefore) {
        if (!notBefore.isAfter(proved)) {
            return;
        }
        proved = notBefore;
        try {
            DurableFile.replace(file, (proved + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.warn("the time that certificates prove cannot be kept in {}: {}", file, e.toString());
        }
    }
}
