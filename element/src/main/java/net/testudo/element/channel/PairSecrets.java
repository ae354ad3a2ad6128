package net.testudo.element.channel;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import net.testudo.element.net.DeviceSet;
import org.jspecify.annotations.Nullable;

/// The secret that this device shares with each other device of the cluster: the agreement of its own private key with
/// the other's public one (X25519), so that no third device knows it.
public final class PairSecrets {
    private static final String CONTEXT = "testudo pair ";

    private final byte[] privateKey;
    private final String context;
    private final String[] publicKeys = new String[DeviceSet.DEVICE_MAX + 1];
    private final byte[] @Nullable [] secrets = new byte[DeviceSet.DEVICE_MAX + 1][];
    private DeviceSet revoked = DeviceSet.NONE;

    /// @param privateKey of this device, 64 hexadecimal digits
    /// @param clusterId a secret is worth nothing in another cluster
    public PairSecrets(String privateKey, String clusterId) {
        this.privateKey = HexFormat.of().parseHex(privateKey);
        this.context = CONTEXT + clusterId;
        Arrays.fill(publicKeys, "");
    }

    /// Takes the public keys of the devices of the cluster, by device number; what is not named has no secret any more.
    /// A key of which no secret can be made counts as not named.
    ///
    /// @param keys 64 hexadecimal digits each
    /// @param revokedNow those of them that were taken out of the cluster
    /// @return the devices whose former secret is void from now on
    public DeviceSet set(SortedMap<Integer, String> keys, DeviceSet revokedNow) {
        DeviceSet ended = revokedNow.minus(revoked);
        revoked = revokedNow;
        for (int device = 1; device <= DeviceSet.DEVICE_MAX; device++) {
            String key = keys.getOrDefault(device, "");
            if (!key.equals(publicKeys[device])) {
                ended = publicKeys[device].isEmpty() ? ended : ended.with(device);
                publicKeys[device] = key;
                wipe(device);
                secrets[device] = key.isEmpty() ? null : secret(key);
            }
        }
        return ended;
    }

    private byte @Nullable [] secret(String publicKey) {
        byte[] agreed = X25519.agree(privateKey, HexFormat.of().parseHex(publicKey), 0);
        if (agreed == null) {
            return null;
        }
        byte[] secret = HandshakeKeys.extract(context, agreed);
        Arrays.fill(agreed, (byte) 0);
        return secret;
    }

    /// The secret shared with `device`, revoked or not; null if there is none. Not to be wiped.
    byte @Nullable [] of(int device) {
        return secrets[device];
    }

    /// Whether `device` was taken out of the cluster.
    boolean isRevoked(int device) {
        return revoked.contains(device);
    }

    /// Wipes all keys.
    void destroy() {
        Arrays.fill(privateKey, (byte) 0);
        for (int device = 1; device <= DeviceSet.DEVICE_MAX; device++) {
            wipe(device);
        }
    }

    private void wipe(int device) {
        byte[] secret = secrets[device];
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
            secrets[device] = null;
        }
    }
}
