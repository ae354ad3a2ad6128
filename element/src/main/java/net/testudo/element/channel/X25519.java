package net.testudo.element.channel;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/// X25519 (RFC 7748 §5) by the JDK, with scalars that the caller drew: the public value is the agreement with the
/// base point, so nothing here is random. The caller wipes its arrays; the key objects of the JDK cannot be wiped,
/// their copies of an ephemeral scalar live until the collector takes them.
final class X25519 {
    static final int OCTETS = 32;

    private static final byte[] BASE_POINT = Arrays.copyOf(new byte[] {9}, OCTETS);

    private X25519() {}

    static byte[] publicValue(byte[] scalar) {
        byte[] value = agree(scalar, BASE_POINT, 0);
        if (value == null) {
            throw new IllegalStateException("X25519 refused its base point");
        }
        return value;
    }

    /// The shared secret with the peer's public value at `at`, or null if that value has a small order, so that
    /// the secret would not depend on `scalar` (RFC 7748 §6.1).
    static byte @Nullable [] agree(byte[] scalar, byte[] peer, int at) {
        try {
            KeyFactory factory = KeyFactory.getInstance("X25519");
            PrivateKey key = factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(key);
            var point = new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate(peer, at));
            agreement.doPhase(factory.generatePublic(point), true);
            return agreement.generateSecret();
        } catch (InvalidKeyException _) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no X25519", e);
        }
    }

    private static BigInteger coordinate(byte[] littleEndian, int at) {
        byte[] octets = new byte[OCTETS];
        for (int i = 0; i < OCTETS; i++) {
            octets[i] = littleEndian[at + OCTETS - 1 - i];
        }
        octets[0] &= 0x7f;
        return new BigInteger(1, octets);
    }
}
