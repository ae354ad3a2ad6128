package net.testudo.element.channel;

import java.util.Arrays;
import java.util.HexFormat;
import net.testudo.element.port.EntropySource;

/// The key pair (X25519) by which a member proves to each other member which device it is. The private key is drawn
/// when the device joins, and leaves it never.
public final class DeviceKeys {
    private DeviceKeys() {}

    /// A new private key: 64 hexadecimal digits; secret.
    public static String draw(EntropySource entropy) {
        byte[] octets = new byte[X25519.OCTETS];
        entropy.fill(octets);
        String hex = HexFormat.of().formatHex(octets);
        Arrays.fill(octets, (byte) 0);
        return hex;
    }

    /// The public key that belongs to a private one; both 64 hexadecimal digits.
    public static String publicKey(String privateKey) {
        byte[] octets = HexFormat.of().parseHex(privateKey);
        String hex = HexFormat.of().formatHex(X25519.publicValue(octets));
        Arrays.fill(octets, (byte) 0);
        return hex;
    }
}
