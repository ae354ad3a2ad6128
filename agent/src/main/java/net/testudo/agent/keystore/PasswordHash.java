package net.testudo.agent.keystore;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Salted hashes of passwords: PBKDF2 (RFC 8018 §5.2) with HMAC-SHA-512, written as
/// `$pbkdf2-sha512$ITERATIONS$SALT$HASH`, salt and hash in base64 without padding.
public final class PasswordHash {
    /// Costs an attacker about a tenth of a second of one core for each guess.
    private static final int ITERATIONS = 120_000;
    /// More than this in a stored hash would let a bad configuration hold up the log-in.
    private static final int ITERATIONS_MAX = 2_000_000;

    private static final int SALT_OCTETS = 16;
    private static final int HASH_BITS = 256;
    private static final Pattern FORM =
            Pattern.compile("\\$pbkdf2-sha512\\$([1-9][0-9]{3,7})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    /// Compared with when there is no user of the name, so that the time of a refusal does not tell.
    private static final String NOBODY = of("", ITERATIONS);

    private PasswordHash() {}

    /// A new hash of `password`.
    public static String of(String password) {
        return of(password, ITERATIONS);
    }

    private static String of(String password, int iterations) {
        byte[] salt = new byte[SALT_OCTETS];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$pbkdf2-sha512$" + iterations + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(derive(password, salt, iterations));
    }

    /// Whether `hash` is one of `password`.
    ///
    /// @param hash as [#of] writes it; an empty or broken one matches nothing, and takes as long
    public static boolean matches(String password, String hash) {
        Matcher form = FORM.matcher(hash);
        boolean known = form.matches() && Integer.parseInt(form.group(1)) <= ITERATIONS_MAX;
        if (!known) {
            form = FORM.matcher(NOBODY);
            known = !form.matches();
        }
        byte[] salt = Base64.getDecoder().decode(form.group(2));
        byte[] expected = Base64.getDecoder().decode(form.group(3));
        byte[] actual = derive(password, salt, Integer.parseInt(form.group(1)));
        return MessageDigest.isEqual(expected, actual) && known;
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }
}
