package net.testudo.agent.netconf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Which user gave which password last and was let in, so that the next log-in costs no slow hash: after a failover all
/// sessions come again at once. What is held is worth nothing without this process: an HMAC under a key that was drawn
/// at its start. A wrong password takes as long as ever. Safe for use by any thread.
final class RememberedPasswords {
    private static final int USERS_MAX = 1024;
    private static final int KEY_OCTETS = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    /// By name of the user; who logged in longest ago goes first.
    private final Map<String, byte[]> byUser = new LinkedHashMap<>();

    RememberedPasswords() {
        byte[] drawn = new byte[KEY_OCTETS];
        new SecureRandom().nextBytes(drawn);
        key = new SecretKeySpec(drawn, ALGORITHM);
    }

    /// Whether `password` was right when the user had this hash.
    boolean knows(String user, String hash, String password) {
        byte[] known;
        synchronized (byUser) {
            known = byUser.get(user);
        }
        return known != null && MessageDigest.isEqual(known, mark(hash, password));
    }

    /// The password is right.
    ///
    /// @param hash of it, as configured
    void remember(String user, String hash, String password) {
        byte[] mark = mark(hash, password);
        synchronized (byUser) {
            byUser.remove(user);
            byUser.put(user, mark);
            if (byUser.size() > USERS_MAX) {
                byUser.remove(byUser.keySet().iterator().next());
            }
        }
    }

    private byte[] mark(String hash, String password) {
        byte[] configured = hash.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(configured.length).flip());
            mac.update(configured);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
