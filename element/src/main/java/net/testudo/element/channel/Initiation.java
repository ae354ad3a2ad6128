package net.testudo.element.channel;

import java.util.Arrays;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.EntropySource;

/// One attempt that this device started: HELLO, then FINISH, each sent again until it is answered.
///
/// A frame that does not prove itself changes nothing but [#failure], the reason that is given if time runs out.
final class Initiation {
    static final long TIMEOUT_NS = 5_000_000_000L;
    private static final long REPEAT_MIN_NS = 20_000_000L;
    private static final long REPEAT_MAX_NS = 200_000_000L;

    private final HandshakeParty party;
    private final String peer;
    private final long peerBoot;
    private final long attempt;
    private final long endNs;
    private final byte[] scalar = new byte[X25519.OCTETS];
    private final byte[] peerPayload;
    private final byte[] secret;
    private HandshakeKeys keys;
    private byte[] frame;
    private boolean finishing;
    private long nextNs;
    private long repeatNs = REPEAT_MIN_NS;
    private HandshakeFailure failure = HandshakeFailure.NO_ANSWER;
    private ProtocolVersions spoken = ProtocolVersions.FIRST;

    /// @param secret shared with the peer; copied, and wiped when it is not needed any more
    Initiation(HandshakeParty party, String peer, long peerBoot, byte[] secret, long attempt, long nowNs) {
        this.party = party;
        this.peer = peer;
        this.peerBoot = peerBoot;
        this.secret = secret.clone();
        this.attempt = attempt;
        this.endNs = nowNs + TIMEOUT_NS;
        this.nextNs = nowNs;
        this.peerPayload = new byte[party.payloadOctets()];
        this.keys = new HandshakeKeys(party.context());
        int length = HandshakeFrame.HEADER_OCTETS + 2 + party.name().length() + peer.length();
        this.frame = create(HandshakeFrame.HELLO, length + X25519.OCTETS + HandshakeKeys.MAC_OCTETS);
    }

    /// Draws the ephemeral key and completes the HELLO.
    void begin(EntropySource entropy) {
        entropy.fill(scalar);
        int at = HandshakeFrame.putName(frame, HandshakeFrame.HEADER_OCTETS, party.name());
        at = HandshakeFrame.putName(frame, at, peer);
        System.arraycopy(X25519.publicValue(scalar), 0, frame, at, X25519.OCTETS);
        at += X25519.OCTETS;
        byte[] proof = HandshakeKeys.firstProof(party.context(), secret, frame, at);
        System.arraycopy(proof, 0, frame, at, HandshakeKeys.MAC_OCTETS);
        keys.absorb(frame, 0, frame.length);
    }

    String peer() {
        return peer;
    }

    long peerBoot() {
        return peerBoot;
    }

    long attempt() {
        return attempt;
    }

    boolean isOver(long nowNs) {
        return nowNs - endNs >= 0;
    }

    HandshakeFailure failure() {
        return failure;
    }

    HandshakeKeys keys() {
        return keys;
    }

    /// What the peer speaks, once its RESPONSE was accepted or refused for it.
    ProtocolVersions spoken() {
        return spoken;
    }

    byte[] peerPayload() {
        return peerPayload;
    }

    long nextNs() {
        return nextNs - endNs < 0 ? nextNs : endNs;
    }

    /// The frame to be sent now; the next time is later by a growing interval.
    byte[] send(long nowNs) {
        nextNs = nowNs + repeatNs;
        repeatNs = Math.min(2 * repeatNs, REPEAT_MAX_NS);
        return frame;
    }

    void onRefusal(HandshakeFailure reason) {
        if (!finishing) {
            failure = reason;
        }
    }

    boolean isFinishing() {
        return finishing;
    }

    /// The responder's proof and payload. Costs a key agreement.
    ///
    /// @param payload of this device
    HandshakeFate onResponse(byte[] response, byte[] payload, long nowNs) {
        int sealedAt = HandshakeFrame.HEADER_OCTETS + X25519.OCTETS;
        if (response.length != sealedAt + party.payloadOctets() + AesGcm.TAG_OCTETS) {
            return HandshakeFate.MALFORMED;
        }
        byte[] shared = X25519.agree(scalar, response, HandshakeFrame.HEADER_OCTETS);
        if (shared == null) {
            return HandshakeFate.BAD_PUBLIC_VALUE;
        }
        HandshakeKeys trial = keys.fork();
        trial.absorb(response, 0, sealedAt);
        trial.derive(shared, secret);
        if (!trial.open(HandshakeKeys.RESPONSE, response, sealedAt, peerPayload)) {
            trial.destroy();
            failure = HandshakeFailure.WRONG_KEY;
            return HandshakeFate.WRONG_KEY;
        }
        spoken = HandshakeFrame.spoken(response);
        if (!party.versions().isCompatible(spoken)) {
            trial.destroy();
            failure = HandshakeFailure.VERSION_NOT_SUPPORTED;
            return HandshakeFate.VERSION_NOT_SUPPORTED;
        }
        keys = trial;
        Arrays.fill(scalar, (byte) 0);
        Arrays.fill(secret, (byte) 0);
        finishing = true;
        failure = HandshakeFailure.NOT_CONFIRMED;
        frame = create(HandshakeFrame.FINISH, HandshakeFrame.HEADER_OCTETS + party.payloadOctets() + AesGcm.TAG_OCTETS);
        keys.absorb(frame, 0, HandshakeFrame.HEADER_OCTETS);
        keys.seal(HandshakeKeys.FINISH, payload, frame, HandshakeFrame.HEADER_OCTETS);
        nextNs = nowNs;
        repeatNs = REPEAT_MIN_NS;
        return HandshakeFate.ACCEPTED;
    }

    /// The responder's word that it has our FINISH.
    HandshakeFate onDone(byte[] done) {
        if (done.length != HandshakeFrame.HEADER_OCTETS + AesGcm.TAG_OCTETS) {
            return HandshakeFate.MALFORMED;
        }
        HandshakeKeys trial = keys.fork();
        trial.absorb(done, 0, HandshakeFrame.HEADER_OCTETS);
        boolean authentic = trial.open(HandshakeKeys.DONE, done, HandshakeFrame.HEADER_OCTETS, new byte[0]);
        trial.destroy();
        return authentic ? HandshakeFate.ACCEPTED : HandshakeFate.WRONG_KEY;
    }

    void destroy() {
        Arrays.fill(scalar, (byte) 0);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(peerPayload, (byte) 0);
        keys.destroy();
    }

    private byte[] create(int type, int length) {
        return HandshakeFrame.create(type, party, peerBoot, attempt, length);
    }
}
