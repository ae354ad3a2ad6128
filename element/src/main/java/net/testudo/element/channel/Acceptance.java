package net.testudo.element.channel;

import java.util.Arrays;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.EntropySource;
import org.jspecify.annotations.Nullable;

/// One attempt of a peer that this device answered. It sends nothing by itself, but answers repetitions.
final class Acceptance {
    private final HandshakeParty party;
    private final String peer;
    private final byte[] hello;
    private final long endNs;
    private final byte[] peerPayload;
    private HandshakeKeys keys;
    private byte[] finish = new byte[0];
    private byte[] answer;

    private Acceptance(HandshakeParty party, String peer, byte[] hello, HandshakeKeys keys, long nowNs) {
        this.party = party;
        this.peer = peer;
        this.hello = hello;
        this.keys = keys;
        this.endNs = nowNs + Initiation.TIMEOUT_NS;
        this.peerPayload = new byte[party.payloadOctets()];
        this.answer = create(
                HandshakeFrame.RESPONSE,
                HandshakeFrame.HEADER_OCTETS + X25519.OCTETS + party.payloadOctets() + AesGcm.TAG_OCTETS);
    }

    /// Answers a HELLO whose proof was right. Costs two key agreements.
    ///
    /// @param payload of this device
    /// @return null if its public value is a bad one
    static @Nullable Acceptance answer(Offer offer, EntropySource entropy, byte[] payload, long nowNs) {
        byte[] scalar = new byte[X25519.OCTETS];
        entropy.fill(scalar);
        byte[] own = X25519.publicValue(scalar);
        byte[] shared = X25519.agree(scalar, offer.hello, offer.publicAt());
        Arrays.fill(scalar, (byte) 0);
        if (shared == null) {
            return null;
        }
        HandshakeKeys keys = new HandshakeKeys(offer.party.context());
        keys.absorb(offer.hello, 0, offer.hello.length);
        var acceptance = new Acceptance(offer.party, offer.peer, offer.hello, keys, nowNs);
        byte[] response = acceptance.answer;
        int sealedAt = HandshakeFrame.HEADER_OCTETS + X25519.OCTETS;
        System.arraycopy(own, 0, response, HandshakeFrame.HEADER_OCTETS, X25519.OCTETS);
        keys.absorb(response, 0, sealedAt);
        keys.derive(shared, offer.secret);
        keys.seal(HandshakeKeys.RESPONSE, payload, response, sealedAt);
        return acceptance;
    }

    /// A HELLO that was checked: who sent it, and the secret shared with that device.
    static final class Offer {
        private final HandshakeParty party;
        private final String peer;
        private final byte[] hello;
        private final byte[] secret;

        Offer(HandshakeParty party, String peer, byte[] hello, byte[] secret) {
            this.party = party;
            this.peer = peer;
            this.hello = hello;
            this.secret = secret;
        }

        private int publicAt() {
            return hello.length - HandshakeKeys.MAC_OCTETS - X25519.OCTETS;
        }
    }

    String peer() {
        return peer;
    }

    long peerBoot() {
        return HandshakeFrame.sender(hello);
    }

    long attempt() {
        return HandshakeFrame.attempt(hello);
    }

    boolean isSameHello(byte[] other) {
        return Arrays.equals(hello, other);
    }

    boolean isDone() {
        return finish.length > 0;
    }

    boolean isOver(long nowNs) {
        return nowNs - endNs >= 0;
    }

    long endNs() {
        return endNs;
    }

    /// RESPONSE, after a good FINISH the DONE.
    byte[] answer() {
        return answer;
    }

    HandshakeKeys keys() {
        return keys;
    }

    /// What the peer speaks.
    ProtocolVersions spoken() {
        return HandshakeFrame.spoken(hello);
    }

    byte[] peerPayload() {
        return peerPayload;
    }

    HandshakeFate onFinish(byte[] frame) {
        if (isDone()) {
            return Arrays.equals(finish, frame) ? HandshakeFate.REPEATED : HandshakeFate.UNKNOWN_ATTEMPT;
        }
        if (frame.length != HandshakeFrame.HEADER_OCTETS + party.payloadOctets() + AesGcm.TAG_OCTETS) {
            return HandshakeFate.MALFORMED;
        }
        HandshakeKeys trial = keys.fork();
        trial.absorb(frame, 0, HandshakeFrame.HEADER_OCTETS);
        if (!trial.open(HandshakeKeys.FINISH, frame, HandshakeFrame.HEADER_OCTETS, peerPayload)) {
            trial.destroy();
            return HandshakeFate.WRONG_KEY;
        }
        keys.destroy();
        keys = trial;
        finish = frame;
        answer = create(HandshakeFrame.DONE, HandshakeFrame.HEADER_OCTETS + AesGcm.TAG_OCTETS);
        keys.absorb(answer, 0, HandshakeFrame.HEADER_OCTETS);
        keys.seal(HandshakeKeys.DONE, new byte[0], answer, HandshakeFrame.HEADER_OCTETS);
        return HandshakeFate.ACCEPTED;
    }

    /// Wipes keys and payload; repetitions are still answered.
    void destroy() {
        Arrays.fill(peerPayload, (byte) 0);
        keys.destroy();
    }

    private byte[] create(int type, int length) {
        return HandshakeFrame.create(type, party, peerBoot(), attempt(), length);
    }
}
