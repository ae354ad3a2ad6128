package net.testudo.element.channel;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// AES-256-GCM (NIST SP 800-38D) by the JDK's own provider, for one direction of use.
///
/// The nonce is the packet number behind four zero octets: unique because each key has exactly one sender, and a
/// sender never uses a packet number twice. The cipher is given key and nonce, so it draws nothing at random.
final class AesGcm {
    static final int TAG_OCTETS = 16;
    private static final int NONCE_OCTETS = 12;
    private static final int AT_NUMBER = 4;

    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE_OCTETS];

    AesGcm() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    /// Begins to seal under this key and packet number.
    void beginSeal(SecretOctets key, long packetNumber, byte[] additional, int at, int length) {
        begin(Cipher.ENCRYPT_MODE, key, packetNumber, additional, at, length);
    }

    /// Begins to open under this key and packet number.
    void beginOpen(SecretOctets key, long packetNumber, byte[] additional, int at, int length) {
        begin(Cipher.DECRYPT_MODE, key, packetNumber, additional, at, length);
    }

    /// Encrypts and appends the tag, or checks the tag and decrypts; the arrays may be the same.
    ///
    /// @return the octets written, or -1 if the tag is wrong
    int finish(byte[] in, int inAt, int length, byte[] out, int outAt) {
        try {
            return cipher.doFinal(in, inAt, length, out, outAt);
        } catch (AEADBadTagException _) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    private void begin(int mode, SecretOctets key, long packetNumber, byte[] additional, int at, int length) {
        Octets.putLong(nonce, AT_NUMBER, packetNumber);
        try {
            cipher.init(mode, key, new GCMParameterSpec(8 * TAG_OCTETS, nonce));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused key or nonce", e);
        }
        cipher.updateAAD(additional, at, length);
    }
}
