package net.testudo.agent.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hashes of passwords and host keys.
final class KeysTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aHashMatchesItsPasswordOnly() {
        String hash = PasswordHash.of("correct horse");
        assertTrue(PasswordHash.matches("correct horse", hash));
        assertFalse(PasswordHash.matches("correct horsE", hash));
        assertNotEquals(hash, PasswordHash.of("correct horse"));
        assertFalse(hash.contains("correct"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "$0$secret", "$pbkdf2-sha512$99999999$AAAA$AAAA", "$pbkdf2-sha512$1000$$"})
    void whatIsNoHashMatchesNothing(String broken) {
        assertFalse(PasswordHash.matches("", broken));
        assertFalse(PasswordHash.matches("secret", broken));
    }

    @Test
    void thePublicHalfOfAHostKeyBelongsToThePrivate() throws GeneralSecurityException {
        KeyPair pair = HostKey.parse(HostKey.generate()).orElseThrow();
        byte[] message = "hello".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update(message);
        assertTrue(signature.verify(signed));
    }

    @Test
    void theDevicesKeyIsMadeOnceForItsOwnerOnly() throws IOException {
        Path file = directory.resolve("host-key");
        KeyPair first = HostKey.ofDevice(file);
        assertEquals(first.getPublic(), HostKey.ofDevice(file).getPublic());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aBrokenKeyFileIsNamed() throws IOException {
        Path file = directory.resolve("host-key");
        Files.writeString(file, "nonsense");
        IOException error = assertThrows(IOException.class, () -> HostKey.ofDevice(file));
        assertTrue(String.valueOf(error.getMessage()).contains(file.toString()));
        assertTrue(HostKey.parse("").isEmpty());
    }
}
