package net.testudo.element.rehearsal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Changes what is inside sealed frames, as a member could that is broken: it knows all that the engines draw at
/// random, and so their transmit keys. Reads and writes the sealed form as the README describes it.
final class Resealer {
    private static final int KEY_OCTETS = 32;
    private static final int HEADER_OCTETS = 22;
    private static final int TAG_BITS = 128;
    private static final int AT_SENDER = 2;
    private static final int AT_BOOT = 4;
    private static final int AT_NUMBER = 12;
    private static final int AT_LENGTH = 20;

    private final List<SecretKeySpec> drawn = new ArrayList<>();
    private final Map<List<Long>, SecretKeySpec> known = new HashMap<>();

    /// Notes what an engine drew.
    void drew(byte[] octets) {
        if (octets.length == KEY_OCTETS) {
            drawn.add(new SecretKeySpec(octets, "AES"));
        }
    }

    /// The frame with another content.
    ///
    /// @param sealed from behind the type of the frame on
    /// @return empty if nobody's transmit key opens it
    Optional<byte[]> resealed(byte[] sealed, int path, UnaryOperator<byte[]> change) {
        ByteBuffer frame = ByteBuffer.wrap(sealed);
        int end =
                sealed.length < HEADER_OCTETS ? 0 : HEADER_OCTETS + (frame.getShort(AT_LENGTH) & 0xffff) + TAG_BITS / 8;
        if (end == 0 || end > sealed.length) {
            return Optional.empty();
        }
        List<Long> sender = List.of((long) sealed[AT_SENDER], frame.getLong(AT_BOOT));
        SecretKeySpec before = known.get(sender);
        for (SecretKeySpec key : before == null ? drawn : List.of(before)) {
            Optional<byte[]> content =
                    crypt(Cipher.DECRYPT_MODE, key, sealed, path, Arrays.copyOfRange(sealed, HEADER_OCTETS, end));
            if (content.isPresent()) {
                known.put(sender, key);
                return Optional.of(sealed(sealed, key, path, change.apply(content.get())));
            }
        }
        return Optional.empty();
    }

    private static byte[] sealed(byte[] old, SecretKeySpec key, int path, byte[] content) {
        byte[] header = Arrays.copyOf(old, HEADER_OCTETS);
        ByteBuffer.wrap(header).putShort(AT_LENGTH, (short) content.length);
        byte[] body = crypt(Cipher.ENCRYPT_MODE, key, header, path, content).orElseThrow();
        byte[] frame = Arrays.copyOf(header, HEADER_OCTETS + body.length);
        System.arraycopy(body, 0, frame, HEADER_OCTETS, body.length);
        return frame;
    }

    private static Optional<byte[]> crypt(int mode, SecretKeySpec key, byte[] header, int path, byte[] text) {
        try {
            byte[] nonce = new byte[12];
            System.arraycopy(header, AT_NUMBER, nonce, 4, 8);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(header, 0, HEADER_OCTETS);
            cipher.updateAAD(new byte[] {(byte) path});
            return Optional.of(cipher.doFinal(text));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }
}
