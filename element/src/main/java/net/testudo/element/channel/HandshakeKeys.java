package net.testudo.element.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/// The key schedule of one handshake: a hash over all octets exchanged so far, and keys by HKDF-SHA256 (RFC 5869)
/// from the pre-shared secret and the X25519 result, with that hash as salt.
final class HandshakeKeys {
    static final int MAC_OCTETS = 32;

    /// Labels of the keys, one for each use.
    static final String RESPONSE = "response";
    static final String FINISH = "finish";
    static final String DONE = "done";
    static final String INITIATOR_TRANSMITS = "initiator transmits";
    static final String RESPONDER_TRANSMITS = "responder transmits";
    static final String INITIATOR_SALT = "initiator salt";
    static final String RESPONDER_SALT = "responder salt";
    static final String SESSION_ID = "session id";

    private static final String HASH = "SHA-256";
    private static final String MAC = "HmacSHA256";

    private final byte[] transcript;
    private final byte[] extracted = new byte[MAC_OCTETS];

    /// @param context names protocol, version and use, so that keys of one are worthless in another
    HandshakeKeys(String context) {
        transcript = hash(context.getBytes(StandardCharsets.US_ASCII), 0, context.length(), new byte[0]);
    }

    private HandshakeKeys(byte[] transcript, byte[] extracted) {
        this.transcript = transcript;
        System.arraycopy(extracted, 0, this.extracted, 0, MAC_OCTETS);
    }

    /// A copy to try an unproven frame on.
    HandshakeKeys fork() {
        return new HandshakeKeys(transcript.clone(), extracted);
    }

    /// Takes octets that both sides have seen into the transcript.
    void absorb(byte[] octets, int at, int length) {
        System.arraycopy(hash(octets, at, length, transcript), 0, transcript, 0, MAC_OCTETS);
    }

    /// HKDF-Extract over both secrets; `shared` is wiped.
    void derive(byte[] shared, byte[] secret) {
        byte[] input = Arrays.copyOf(shared, shared.length + secret.length);
        System.arraycopy(secret, 0, input, shared.length, secret.length);
        byte[] output = mac(transcript, input, input.length);
        System.arraycopy(output, 0, extracted, 0, MAC_OCTETS);
        Arrays.fill(output, (byte) 0);
        Arrays.fill(input, (byte) 0);
        Arrays.fill(shared, (byte) 0);
    }

    /// HKDF-Expand to one key.
    SecretOctets key(String label) {
        byte[] info = (label + "\u0001").getBytes(StandardCharsets.ISO_8859_1);
        return new SecretOctets(mac(extracted, info, info.length));
    }

    /// Seals under the key of this label, bound to the transcript, and takes the result into it. Once per label.
    void seal(String label, byte[] content, byte[] frame, int at) {
        SecretOctets key = key(label);
        AesGcm gcm = new AesGcm();
        gcm.beginSeal(key, transcript);
        int length = gcm.finish(content, 0, content.length, frame, at);
        key.destroy();
        absorb(frame, at, length);
    }

    /// Opens what [#seal] made of a content with this length.
    ///
    /// @return whether it is authentic
    boolean open(String label, byte[] frame, int at, byte[] content) {
        SecretOctets key = key(label);
        AesGcm gcm = new AesGcm();
        gcm.beginOpen(key, transcript);
        int length = gcm.finish(frame, at, content.length + AesGcm.TAG_OCTETS, content, 0);
        key.destroy();
        absorb(frame, at, content.length + AesGcm.TAG_OCTETS);
        return length == content.length;
    }

    void destroy() {
        Arrays.fill(extracted, (byte) 0);
    }

    /// The code over the first `length` octets by which a first frame shows that its sender holds `secret`; costs the
    /// receiver no key agreement.
    static byte[] firstProof(String context, byte[] secret, byte[] frame, int length) {
        byte[] info = context.getBytes(StandardCharsets.US_ASCII);
        byte[] key = mac(secret, info, info.length);
        byte[] proof = mac(key, frame, length);
        Arrays.fill(key, (byte) 0);
        return proof;
    }

    /// HKDF-Extract with the text as salt: an even secret from an agreement.
    static byte[] extract(String text, byte[] agreed) {
        return mac(text.getBytes(StandardCharsets.US_ASCII), agreed, agreed.length);
    }

    private static byte[] mac(byte[] key, byte[] octets, int length) {
        SecretOctets secret = new SecretOctets(key.clone());
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(secret);
            mac.update(octets, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + MAC, e);
        } finally {
            secret.destroy();
        }
    }

    private static byte[] hash(byte[] octets, int at, int length, byte[] before) {
        try {
            MessageDigest digest = MessageDigest.getInstance(HASH);
            digest.update(before);
            digest.update(octets, at, length);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + HASH, e);
        }
    }
}
