package net.testudo.element.channel;

import java.util.Arrays;
import javax.crypto.SecretKey;
import net.testudo.element.engine.EntropySource;

/// A 256-bit AES key in one array that can be wiped; it never shows its octets in text.
final class AesKey implements SecretKey {
    static final int OCTETS = 32;

    private final transient byte[] octets;
    private boolean destroyed;

    /// Takes the array over.
    AesKey(byte[] octets) {
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException("an AES-256 key has " + OCTETS + " octets, not " + octets.length);
        }
        this.octets = octets;
    }

    static AesKey random(EntropySource entropy) {
        byte[] octets = new byte[OCTETS];
        entropy.fill(octets);
        return new AesKey(octets);
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /// A copy; who asks for it wipes it.
    @Override
    public byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("this key was wiped");
        }
        return octets.clone();
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(octets, 0, target, at, OCTETS);
    }

    boolean isSame(byte[] other, int at) {
        int difference = 0;
        for (int i = 0; i < OCTETS; i++) {
            difference |= octets[i] ^ other[at + i];
        }
        return difference == 0;
    }

    @Override
    public void destroy() {
        Arrays.fill(octets, (byte) 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "AesKey[***]";
    }
}
