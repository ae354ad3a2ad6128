package net.testudo.element.channel;

import java.util.Arrays;
import net.testudo.element.port.EntropySource;

/// A secure association key (IEEE 802.1AE): what one sender seals with for a while. Cipher key and salt are secret. The
/// keys of a sender are counted from 0; the association number, which travels in each frame, is the end of that number.
///
/// As octets: number (4), cipher key (32), salt (12).
final class Sak {
    /// How many association numbers there are; after the last comes 0 again.
    static final int ASSOCIATIONS = 4;
    /// Length of the octets.
    static final int OCTETS = Integer.BYTES + SecretOctets.OCTETS + AesGcm.NONCE_OCTETS;

    private static final int AT_KEY = Integer.BYTES;
    private static final int AT_SALT = AT_KEY + SecretOctets.OCTETS;

    private final int number;
    private final SecretOctets key;
    private final byte[] salt;

    private Sak(int number, SecretOctets key, byte[] salt) {
        this.number = number;
        this.key = key;
        this.salt = salt;
    }

    /// A new key.
    static Sak random(EntropySource entropy, int number) {
        byte[] drawn = new byte[OCTETS - AT_KEY];
        entropy.fill(drawn);
        byte[] octets = new byte[OCTETS];
        Octets.putInt(octets, 0, number);
        System.arraycopy(drawn, 0, octets, AT_KEY, drawn.length);
        Sak sak = read(octets, 0);
        Arrays.fill(drawn, (byte) 0);
        Arrays.fill(octets, (byte) 0);
        return sak;
    }

    /// A key that both sides of a handshake derived, the only one of a session.
    ///
    /// @param salt the first octets of it are used; wiped
    static Sak derived(SecretOctets key, SecretOctets salt) {
        byte[] octets = salt.getEncoded();
        Sak sak = new Sak(0, key, Arrays.copyOf(octets, AesGcm.NONCE_OCTETS));
        Arrays.fill(octets, (byte) 0);
        salt.destroy();
        return sak;
    }

    /// The key that stands in these octets.
    static Sak read(byte[] octets, int at) {
        byte[] key = Arrays.copyOfRange(octets, at + AT_KEY, at + AT_SALT);
        return new Sak(
                number(octets, at), new SecretOctets(key), Arrays.copyOfRange(octets, at + AT_SALT, at + OCTETS));
    }

    /// The number of the key in these octets.
    static int number(byte[] octets, int at) {
        return Octets.getInt(octets, at);
    }

    void copyTo(byte[] target, int at) {
        Octets.putInt(target, at, number);
        key.copyTo(target, at + AT_KEY);
        System.arraycopy(salt, 0, target, at + AT_SALT, salt.length);
    }

    /// Whether these octets are this key, in a time that does not depend on the secret ones.
    boolean isSame(byte[] octets, int at) {
        int difference = number ^ number(octets, at);
        for (int i = 0; i < salt.length; i++) {
            difference |= salt[i] ^ octets[at + AT_SALT + i];
        }
        boolean sameKey = key.isSame(octets, at + AT_KEY);
        return sameKey && difference == 0;
    }

    int number() {
        return number;
    }

    /// The association number in the frames.
    int association() {
        return association(number);
    }

    static int association(int number) {
        return number & (ASSOCIATIONS - 1);
    }

    SecretOctets key() {
        return key;
    }

    /// Writes the nonce of a frame: the short number of the path's secure channel, then the packet number, both covered
    /// with the salt. Each path has a number of its own, so a frame is authentic on no other path.
    void putNonce(byte[] nonce, int path, long packetNumber) {
        Octets.putInt(nonce, 0, (path + 1) ^ Octets.getInt(salt, 0));
        Octets.putLong(nonce, Integer.BYTES, packetNumber ^ Octets.getLong(salt, Integer.BYTES));
    }

    void destroy() {
        key.destroy();
        Arrays.fill(salt, (byte) 0);
    }
}
