package net.testudo.element.channel;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// AES-256-GCM (NIST SP 800-38D) by the JDK's own provider, for one direction of use.
///
/// Nonces are unique because each key has exactly one sender: it seals one text with the key of a handshake, and with
/// a [Sak] it never uses a packet number twice. The cipher is given key and nonce, so it draws nothing at random.
final class AesGcm {
    static final int TAG_OCTETS = 16;
    static final int NONCE_OCTETS = 12;

    /// For a key that seals one text.
    private static final byte[] ONLY_NONCE = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE_OCTETS];

    AesGcm() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    /// Begins to seal the only text under this key.
    void beginSeal(SecretOctets key, byte[] additional) {
        begin(Cipher.ENCRYPT_MODE, key, ONLY_NONCE, additional, 0, additional.length);
    }

    /// Begins to open the only text under this key.
    void beginOpen(SecretOctets key, byte[] additional) {
        begin(Cipher.DECRYPT_MODE, key, ONLY_NONCE, additional, 0, additional.length);
    }

    /// Begins to seal a frame (GCM-AES-XPN-256), whose header stands in `frame`.
    void beginSeal(Sak sak, int path, long packetNumber, byte[] frame, int at) {
        sak.putNonce(nonce, path, packetNumber);
        begin(Cipher.ENCRYPT_MODE, sak.key(), nonce, frame, at, SealedFrame.HEADER_OCTETS);
    }

    /// Begins to open a frame.
    void beginOpen(Sak sak, int path, long packetNumber, byte[] frame, int at) {
        sak.putNonce(nonce, path, packetNumber);
        begin(Cipher.DECRYPT_MODE, sak.key(), nonce, frame, at, SealedFrame.HEADER_OCTETS);
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

    private void begin(int mode, SecretOctets key, byte[] iv, byte[] additional, int at, int length) {
        try {
            cipher.init(mode, key, new GCMParameterSpec(8 * TAG_OCTETS, iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused key or nonce", e);
        }
        cipher.updateAAD(additional, at, length);
    }
}
