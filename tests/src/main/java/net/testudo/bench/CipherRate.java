package net.testudo.bench;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What the JDK's cipher does on one core of this machine, if nothing else is to be done: frames are sealed and opened.
final class CipherRate {
    private static final int FRAME_OCTETS = 1_600;
    private static final int TAG_OCTETS = 16;
    private static final int KEY_OCTETS = 32;
    private static final int NONCE_OCTETS = 12;
    private static final int WARM_UP_FRAMES = 200_000;
    private static final int FRAMES = 400_000;

    private CipherRate() {}

    /// Records a second: sealed, and opened again, a frame full of them at a time.
    static double records(int octets) {
        try {
            frames(WARM_UP_FRAMES);
            long startNs = System.nanoTime();
            frames(FRAMES);
            double seconds = (System.nanoTime() - startNs) / 1e9;
            return FRAMES / seconds * FRAME_OCTETS / octets;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    private static void frames(int count) throws GeneralSecurityException {
        Cipher seal = Cipher.getInstance("AES/GCM/NoPadding");
        Cipher open = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec key = new SecretKeySpec(new byte[KEY_OCTETS], "AES");
        byte[] plain = new byte[FRAME_OCTETS];
        byte[] sealed = new byte[FRAME_OCTETS + TAG_OCTETS];
        byte[] nonce = new byte[NONCE_OCTETS];
        for (int frame = 0; frame < count; frame++) {
            for (int i = 0; i < Integer.BYTES; i++) {
                nonce[i] = (byte) (frame >>> (8 * i));
            }
            GCMParameterSpec parameters = new GCMParameterSpec(8 * TAG_OCTETS, nonce);
            seal.init(Cipher.ENCRYPT_MODE, key, parameters);
            seal.doFinal(plain, 0, plain.length, sealed, 0);
            open.init(Cipher.DECRYPT_MODE, key, parameters);
            open.doFinal(sealed, 0, sealed.length, plain, 0);
        }
    }
}
