package net.testudo.element.channel;

import java.util.Arrays;
import javax.crypto.SecretKey;

/// A key in one array that can be wiped; it never shows its octets in text. Serves AES and, because the JDK does
/// not look at the name there, HMAC.
final class SecretOctets implements SecretKey {
    /// The octets of an AES-256 key.
    static final int OCTETS = 32;

    private final transient byte[] octets;
    private boolean destroyed;

    /// Takes the array over.
    SecretOctets(byte[] octets) {
        this.octets = octets;
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
        System.arraycopy(octets, 0, target, at, octets.length);
    }

    /// Compares in a time that does not depend on the octets.
    boolean isSame(byte[] other, int at) {
        int difference = 0;
        for (int i = 0; i < octets.length; i++) {
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
        return "SecretOctets[***]";
    }
}
