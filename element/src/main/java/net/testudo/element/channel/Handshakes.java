package net.testudo.element.channel;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.EntropySource;
import org.jspecify.annotations.Nullable;

/// All handshakes of one use: attempts of this device, and attempts of others that it answered. The protocol is
/// drawn in the documentation of the package.
final class Handshakes {
    private static final int HALF_OPEN_MAX = 64;
    private static final int WAITING_MAX = 64;
    private static final int ATTEMPTS_PER_PEER_MAX = 4;

    private final HandshakeParty party;
    private final EntropySource entropy;
    private final HandshakeOwner owner;
    private final TreeMap<String, Initiation> initiations = new TreeMap<>();
    private final TreeMap<String, Acceptance> acceptances = new TreeMap<>();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final RateLimit agreements = new RateLimit(32, 5_000_000L);
    private final RateLimit refusals = new RateLimit(4, 100_000_000L);
    private final Tally<HandshakeFate> fates = new Tally<>(HandshakeFate.class);
    private long attempt;
    private boolean started;

    Handshakes(HandshakeParty party, EntropySource entropy, HandshakeOwner owner) {
        this.party = party;
        this.entropy = entropy;
        this.owner = owner;
    }

    /// Starts an attempt, unless one towards this boot of the peer is under way, or too many towards others.
    boolean start(String peer, long peerBoot, byte[] secret, long nowNs) {
        String key = keyOf(peer, peerBoot);
        long towardsPeer =
                initiations.values().stream().filter(i -> i.peer().equals(peer)).count();
        if (initiations.containsKey(key) || towardsPeer >= ATTEMPTS_PER_PEER_MAX) {
            return false;
        }
        // Ascending also over a new object in the same process, which a peer would else take for an old attempt.
        attempt = !started || attempt - nowNs < 0 ? nowNs : attempt + 1;
        started = true;
        var initiation = new Initiation(party, peer, peerBoot, secret, attempt, nowNs);
        initiation.begin(entropy);
        initiations.put(key, initiation);
        return true;
    }

    /// Ends all attempts towards this peer, and what it began.
    void dropAll(String peer) {
        List.copyOf(initiations.values()).stream()
                .filter(initiation -> initiation.peer().equals(peer))
                .forEach(this::drop);
        acceptances.values().stream()
                .filter(acceptance -> acceptance.peer().equals(peer))
                .forEach(Acceptance::destroy);
        acceptances.values().removeIf(acceptance -> acceptance.peer().equals(peer));
    }

    HandshakeFate onFrame(byte[] buffer, int offset, int length, long nowNs) {
        byte[] frame = HandshakeFrame.cut(buffer, offset, length);
        return fates.count(frame.length == 0 ? HandshakeFate.TOO_SHORT : onWhole(frame, nowNs));
    }

    /// Emits what waits and what has to be repeated, and ends what took too long.
    int doWork(long nowNs, HandshakeSink sink) {
        if (waiting.isEmpty() && initiations.isEmpty() && acceptances.isEmpty()) {
            return 0;
        }
        int count = waiting.size();
        for (byte[] frame; (frame = waiting.poll()) != null; ) {
            sink.onFrame(HandshakeFrame.receiver(frame), frame);
        }
        List<Initiation> over = new ArrayList<>();
        for (Initiation initiation : initiations.values()) {
            if (initiation.isOver(nowNs)) {
                over.add(initiation);
            } else if (nowNs - initiation.nextNs() >= 0) {
                sink.onFrame(initiation.peerBoot(), initiation.send(nowNs));
                count++;
            }
        }
        for (Initiation initiation : over) {
            drop(initiation);
            owner.onFailed(initiation.peer(), initiation.peerBoot(), initiation.failure());
        }
        endAcceptances(nowNs);
        return count + over.size();
    }

    long nextDeadlineNs(long nowNs) {
        long waitNs = waiting.isEmpty() ? ReliableStream.IDLE_NS : 0;
        if (initiations.isEmpty() && acceptances.isEmpty()) {
            return nowNs + waitNs;
        }
        for (Initiation initiation : initiations.values()) {
            waitNs = Math.min(waitNs, initiation.nextNs() - nowNs);
        }
        for (Acceptance acceptance : acceptances.values()) {
            waitNs = Math.min(waitNs, acceptance.endNs() - nowNs);
        }
        return nowNs + waitNs;
    }

    long frames(HandshakeFate fate) {
        return fates.of(fate);
    }

    int halfOpen() {
        return initiations.size()
                + (int) acceptances.values().stream().filter(a -> !a.isDone()).count();
    }

    /// Wipes everything; nothing is reported.
    void destroy() {
        initiations.values().forEach(Initiation::destroy);
        acceptances.values().forEach(Acceptance::destroy);
        initiations.clear();
        acceptances.clear();
        waiting.clear();
    }

    private HandshakeFate onWhole(byte[] frame, long nowNs) {
        if (HandshakeFrame.receiver(frame) != party.bootId() || HandshakeFrame.use(frame) != party.use()) {
            return HandshakeFate.NOT_FOR_US;
        }
        Initiation own = initiationOf(frame);
        if (HandshakeFrame.type(frame) == HandshakeFrame.REFUSAL) {
            if (own == null) {
                return HandshakeFate.UNKNOWN_ATTEMPT;
            }
            own.onRefusal(HandshakeFrame.reason(frame));
            return HandshakeFate.REFUSAL;
        }
        if (HandshakeFrame.version(frame) != HandshakeFrame.VERSION) {
            refuse(frame, HandshakeFailure.VERSION_NOT_SUPPORTED, nowNs);
            return HandshakeFate.VERSION_NOT_SUPPORTED;
        }
        return switch (HandshakeFrame.type(frame)) {
            case HandshakeFrame.HELLO -> onHello(frame, nowNs);
            case HandshakeFrame.FINISH -> onFinish(frame);
            case HandshakeFrame.RESPONSE -> own == null ? HandshakeFate.UNKNOWN_ATTEMPT : onResponse(own, frame, nowNs);
            case HandshakeFrame.DONE -> own == null ? HandshakeFate.UNKNOWN_ATTEMPT : onDone(own, frame);
            default -> HandshakeFate.MALFORMED;
        };
    }

    private HandshakeFate onHello(byte[] hello, long nowNs) {
        String peer = HandshakeFrame.name(hello, HandshakeFrame.HEADER_OCTETS);
        int secondAt = HandshakeFrame.HEADER_OCTETS + 1 + peer.length();
        String addressed = HandshakeFrame.name(hello, secondAt);
        int proofAt = secondAt + 1 + addressed.length() + X25519.OCTETS;
        if (peer.isEmpty() || addressed.isEmpty() || hello.length != proofAt + HandshakeKeys.MAC_OCTETS) {
            return HandshakeFate.MALFORMED;
        }
        if (!addressed.equals(party.name())) {
            return HandshakeFate.NOT_FOR_US;
        }
        byte[] secret = peer.equals(party.name()) ? null : owner.secretFor(peer);
        if (secret == null) {
            return HandshakeFate.NOT_EXPECTED;
        }
        byte[] proof = HandshakeKeys.firstProof(party.context(), secret, hello, proofAt);
        if (!MessageDigest.isEqual(proof, Arrays.copyOfRange(hello, proofAt, hello.length))) {
            refuse(hello, HandshakeFailure.WRONG_KEY, nowNs);
            return HandshakeFate.WRONG_KEY;
        }
        ProtocolVersions spoken = HandshakeFrame.spoken(hello);
        if (!party.versions().isCompatible(spoken)) {
            refuse(hello, HandshakeFailure.VERSION_NOT_SUPPORTED, nowNs);
            owner.onVersionRefused(new HandshakeOwner.Peer(peer, HandshakeFrame.sender(hello), spoken));
            return HandshakeFate.VERSION_NOT_SUPPORTED;
        }
        boolean bothStarted = initiations.containsKey(keyOf(peer, HandshakeFrame.sender(hello)));
        if (bothStarted && owner.ownAttemptWins(peer)) {
            return HandshakeFate.OWN_ATTEMPT_WINS;
        }
        return answer(new Acceptance.Offer(party, peer, hello, secret), peer, hello, nowNs);
    }

    private HandshakeFate answer(Acceptance.Offer offer, String peer, byte[] hello, long nowNs) {
        String key = keyOf(peer, HandshakeFrame.sender(hello));
        Acceptance present = acceptances.get(key);
        if (present != null && HandshakeFrame.attempt(hello) - present.attempt() <= 0) {
            if (!present.isSameHello(hello) || present.isDone()) {
                return HandshakeFate.UNKNOWN_ATTEMPT;
            }
            enqueue(present.answer());
            return HandshakeFate.REPEATED;
        }
        if (present == null && !makeRoom()) {
            return HandshakeFate.TOO_MANY_HALF_OPEN;
        }
        if (!agreements.take(nowNs)) {
            return HandshakeFate.RATE_LIMITED;
        }
        byte[] payload = owner.payload(peer);
        Acceptance acceptance = Acceptance.answer(offer, entropy, payload, nowNs);
        Arrays.fill(payload, (byte) 0);
        if (acceptance == null) {
            return HandshakeFate.BAD_PUBLIC_VALUE;
        }
        if (present != null) {
            present.destroy();
        }
        acceptances.put(key, acceptance);
        enqueue(acceptance.answer());
        return HandshakeFate.ACCEPTED;
    }

    private HandshakeFate onResponse(Initiation own, byte[] frame, long nowNs) {
        if (own.isFinishing()) {
            return HandshakeFate.REPEATED;
        }
        if (!agreements.take(nowNs)) {
            return HandshakeFate.RATE_LIMITED;
        }
        byte[] payload = owner.payload(own.peer());
        HandshakeFate fate = own.onResponse(frame, payload, nowNs);
        Arrays.fill(payload, (byte) 0);
        if (fate == HandshakeFate.VERSION_NOT_SUPPORTED) {
            owner.onVersionRefused(peerOf(own));
        }
        return fate;
    }

    private HandshakeFate onFinish(byte[] frame) {
        for (Acceptance acceptance : acceptances.values()) {
            if (acceptance.peerBoot() == HandshakeFrame.sender(frame)
                    && acceptance.attempt() == HandshakeFrame.attempt(frame)) {
                return onFinish(acceptance, frame);
            }
        }
        return HandshakeFate.UNKNOWN_ATTEMPT;
    }

    private HandshakeFate onFinish(Acceptance acceptance, byte[] frame) {
        HandshakeFate fate = acceptance.onFinish(frame);
        if (fate == HandshakeFate.REPEATED || fate == HandshakeFate.ACCEPTED) {
            enqueue(acceptance.answer());
        }
        if (fate == HandshakeFate.ACCEPTED) {
            Initiation own = initiations.get(keyOf(acceptance.peer(), acceptance.peerBoot()));
            if (own != null) {
                drop(own);
            }
            HandshakeOwner.Peer peer =
                    new HandshakeOwner.Peer(acceptance.peer(), acceptance.peerBoot(), acceptance.spoken());
            owner.onDone(peer, acceptance.keys(), acceptance.peerPayload(), false);
            acceptance.destroy();
        }
        return fate;
    }

    private HandshakeFate onDone(Initiation own, byte[] frame) {
        HandshakeFate fate = own.isFinishing() ? own.onDone(frame) : HandshakeFate.UNKNOWN_ATTEMPT;
        if (fate == HandshakeFate.ACCEPTED) {
            initiations.remove(keyOf(own.peer(), own.peerBoot()));
            owner.onDone(peerOf(own), own.keys(), own.peerPayload(), true);
            own.destroy();
        }
        return fate;
    }

    private static HandshakeOwner.Peer peerOf(Initiation initiation) {
        return new HandshakeOwner.Peer(initiation.peer(), initiation.peerBoot(), initiation.spoken());
    }

    private void drop(Initiation initiation) {
        initiations.remove(keyOf(initiation.peer(), initiation.peerBoot()));
        initiation.destroy();
    }

    private @Nullable Initiation initiationOf(byte[] frame) {
        for (Initiation initiation : initiations.values()) {
            if (initiation.peerBoot() == HandshakeFrame.sender(frame)
                    && initiation.attempt() == HandshakeFrame.attempt(frame)) {
                return initiation;
            }
        }
        return null;
    }

    private void refuse(byte[] frame, HandshakeFailure reason, long nowNs) {
        if (refusals.take(nowNs)) {
            enqueue(HandshakeFrame.refusal(frame, party.bootId(), reason));
        }
    }

    private void enqueue(byte[] frame) {
        if (waiting.size() < WAITING_MAX) {
            waiting.add(frame);
        }
    }

    private boolean makeRoom() {
        if (acceptances.size() < HALF_OPEN_MAX) {
            return true;
        }
        for (Acceptance acceptance : acceptances.values()) {
            if (acceptance.isDone()) {
                acceptances.remove(keyOf(acceptance.peer(), acceptance.peerBoot()));
                return true;
            }
        }
        return false;
    }

    private void endAcceptances(long nowNs) {
        Iterator<Acceptance> all = acceptances.values().iterator();
        while (all.hasNext()) {
            Acceptance acceptance = all.next();
            if (acceptance.isOver(nowNs)) {
                acceptance.destroy();
                all.remove();
            }
        }
    }

    private static String keyOf(String peer, long bootId) {
        return peer + ' ' + Long.toHexString(bootId);
    }
}
