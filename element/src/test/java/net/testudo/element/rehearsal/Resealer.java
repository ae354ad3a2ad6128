package net.testudo.element.rehearsal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Changes what is inside sealed frames, as a member could that is broken: it knows all that the engines draw at
/// random, and so their transmit keys. Reads and writes the sealed form as the README describes it.
final class Resealer {
    /// Decides what a content becomes.
    interface Change {
        /// @return empty if the frame stays as it is
        Optional<byte[]> of(int version, int messageClass, byte[] content);
    }

    private static final int KEY_OCTETS = 32;
    private static final int SALT_OCTETS = 12;
    private static final int HEADER_OCTETS = 28;
    private static final int INNER_OCTETS = 6;
    private static final int TAG_OCTETS = 16;
    private static final int AT_SHORT_LENGTH = 15;
    private static final int AT_NUMBER = 16;
    private static final int AT_SCI = 20;
    private static final int SHORT_LENGTH_END = 48;

    /// A transmit key.
    private record Key(SecretKeySpec cipher, ByteBuffer salt) {}

    private final List<Key> drawn = new ArrayList<>();
    private final Map<Long, Key> known = new HashMap<>();

    /// Notes what an engine drew.
    void drew(byte[] octets) {
        if (octets.length == KEY_OCTETS + SALT_OCTETS) {
            SecretKeySpec cipher = new SecretKeySpec(octets, 0, KEY_OCTETS, "AES");
            byte[] salt = Arrays.copyOfRange(octets, KEY_OCTETS, octets.length);
            drawn.add(new Key(cipher, ByteBuffer.wrap(salt)));
        }
    }

    /// The frame with another content.
    ///
    /// @return empty if it stays as it is, or if it is not sealed with anybody's transmit key
    Optional<byte[]> resealed(byte[] frame, int path, Change change) {
        if (!Meddler.isSealed(frame) || frame.length < HEADER_OCTETS + TAG_OCTETS) {
            return Optional.empty();
        }
        int shortLength = frame[AT_SHORT_LENGTH];
        int end = shortLength == 0 ? frame.length : HEADER_OCTETS + shortLength + TAG_OCTETS;
        byte[] header = Arrays.copyOf(frame, HEADER_OCTETS);
        long sender = ByteBuffer.wrap(header).getLong(AT_SCI);
        Key before = known.get(sender);
        for (Key key : before == null ? drawn : List.of(before)) {
            Optional<byte[]> inner =
                    crypt(Cipher.DECRYPT_MODE, key, header, path, Arrays.copyOfRange(frame, HEADER_OCTETS, end));
            if (inner.isPresent()) {
                known.put(sender, key);
                return change.of(inner.get()[2], inner.get()[3], content(inner.get()))
                        .map(content -> sealed(header, key, path, inner.get(), content));
            }
        }
        return Optional.empty();
    }

    private static byte[] content(byte[] inner) {
        return Arrays.copyOfRange(
                inner, INNER_OCTETS, INNER_OCTETS + (ByteBuffer.wrap(inner).getShort(4) & 0xffff));
    }

    private static byte[] sealed(byte[] header, Key key, int path, byte[] before, byte[] content) {
        ByteBuffer inner = ByteBuffer.allocate(INNER_OCTETS + content.length);
        inner.putShort((short) 0x88b5).put(before[2]).put(before[3]);
        inner.putShort((short) content.length).put(content);
        header[AT_SHORT_LENGTH] = (byte) (inner.capacity() < SHORT_LENGTH_END ? inner.capacity() : 0);
        byte[] body =
                crypt(Cipher.ENCRYPT_MODE, key, header, path, inner.array()).orElseThrow();
        byte[] frame = Arrays.copyOf(header, HEADER_OCTETS + body.length);
        System.arraycopy(body, 0, frame, HEADER_OCTETS, body.length);
        return frame;
    }

    /// A test seals fewer frames than half a packet number can count: the other half is zero.
    private static Optional<byte[]> crypt(int mode, Key key, byte[] header, int path, byte[] text) {
        try {
            ByteBuffer nonce = ByteBuffer.allocate(SALT_OCTETS);
            nonce.putInt(path + 1).putInt(0).put(header, AT_NUMBER, 4);
            for (int i = 0; i < SALT_OCTETS; i++) {
                nonce.put(i, (byte) (nonce.get(i) ^ key.salt().get(i)));
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key.cipher(), new GCMParameterSpec(8 * TAG_OCTETS, nonce.array()));
            cipher.updateAAD(header);
            return Optional.of(cipher.doFinal(text));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }
}
