package net.testudo.agent.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.netconf.shaded.sshd.common.config.keys.KeyUtils;
import org.opendaylight.netconf.shaded.sshd.common.digest.BuiltinDigests;

/// Hashes of passwords and host keys.
final class KeysTest {
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
    void theFingerprintIsTheOneThatClientsShow() {
        String text = HostKey.generate();
        String expected = KeyUtils.getFingerPrint(
                BuiltinDigests.sha256, HostKey.parse(text).orElseThrow().getPublic());
        assertEquals(expected, HostKey.fingerprint(text).orElseThrow());
        assertTrue(HostKey.fingerprint("bmV3").isEmpty());
    }

    @Test
    void whatIsNoHostKeyIsNone() {
        assertTrue(HostKey.parse("").isEmpty());
        assertTrue(HostKey.parse("nonsense").isEmpty());
    }
}
