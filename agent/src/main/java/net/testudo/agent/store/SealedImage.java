package net.testudo.agent.store;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One image as it stands in a file: header, then the image under AES-256-GCM (NIST SP 800-38D). The tag covers the
/// header too, and so what is torn, altered or foreign is not read.
///
/// ```
///   0        8                   16          28
///   +--------+-------------------+-----------+----------------------------+
///   | magic  | sequence (64 bit) | nonce     | ciphertext, 16 octets tag  |
///   +--------+-------------------+-----------+----------------------------+
/// ```
final class SealedImage {
    static final int KEY_OCTETS = 32;

    private static final long MAGIC = 0x5445_5354_5544_4f31L; // TESTUDO1
    private static final int NONCE_OFFSET = 16;
    private static final int NONCE_OCTETS = 12;
    private static final int HEADER_OCTETS = NONCE_OFFSET + NONCE_OCTETS;
    private static final int TAG_OCTETS = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final long sequence;
    private final byte[] image;

    private SealedImage(long sequence, byte[] image) {
        this.sequence = sequence;
        this.image = image;
    }

    long sequence() {
        return sequence;
    }

    byte[] image() {
        return image;
    }

    /// A new key.
    static byte[] newKey() {
        byte[] key = new byte[KEY_OCTETS];
        RANDOM.nextBytes(key);
        return key;
    }

    static byte[] seal(byte[] key, long sequence, byte[] image) throws GeneralSecurityException {
        ByteBuffer file = ByteBuffer.allocate(HEADER_OCTETS + image.length + TAG_OCTETS);
        byte[] nonce = new byte[NONCE_OCTETS];
        RANDOM.nextBytes(nonce);
        file.putLong(MAGIC).putLong(sequence).put(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, file.array());
        file.put(cipher.doFinal(image));
        return file.array();
    }

    /// @throws GeneralSecurityException if the file is not what [#seal] made under this key
    static SealedImage open(byte[] key, byte[] file) throws GeneralSecurityException {
        if (file.length < HEADER_OCTETS + TAG_OCTETS) {
            throw new GeneralSecurityException("only " + file.length + " octets long");
        }
        ByteBuffer header = ByteBuffer.wrap(file);
        if (header.getLong(0) != MAGIC) {
            throw new GeneralSecurityException("no state image");
        }
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, file);
        return new SealedImage(header.getLong(8), cipher.doFinal(file, HEADER_OCTETS, file.length - HEADER_OCTETS));
    }

    private static Cipher cipher(int mode, byte[] key, byte[] file) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = Arrays.copyOfRange(file, NONCE_OFFSET, HEADER_OCTETS);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_OCTETS * Byte.SIZE, nonce));
        cipher.updateAAD(file, 0, HEADER_OCTETS);
        return cipher;
    }
}
