package net.testudo.element.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.testudo.element.net.DeviceSet;
import org.junit.jupiter.api.Test;

/// What is asked of all members together: who is reachable, who was heard where, which version all speak.
class PeerSessionsTest {
    private static final long MS = 1_000_000L;
    private static final long NOW_NS = 1_000 * MS;
    private static final long SPAN_NS = 10 * MS;
    private static final int PATHS = 3;
    private static final int CLUSTER = 0;
    private static final int DATA = 1;

    private final PeerSessions sessions = new PeerSessions();

    private PeerSession member(int device, int version) {
        PeerSession peer = new PeerSession(device, 1, PATHS, 1_000);
        sessions.put(peer);
        sessions.open(peer, 100 + device, version);
        return peer;
    }

    @Test
    void whoWasHeardOnAnyPathIsReachableForAWhile() {
        member(2, 1).heard(DATA, 0, NOW_NS);
        member(3, 1);
        assertEquals(DeviceSet.of(2).with(3), sessions.associated());
        assertEquals(DeviceSet.of(2), sessions.reachable(NOW_NS + SPAN_NS, SPAN_NS));
        assertEquals(DeviceSet.NONE, sessions.reachable(NOW_NS + SPAN_NS + 1, SPAN_NS));
    }

    @Test
    void whereAMemberIsHeardIsKnownByKindOfPath() {
        member(2, 1).heard(CLUSTER, 0, NOW_NS);
        member(3, 1).heard(DATA, 0, NOW_NS);
        assertEquals(DeviceSet.of(2), sessions.heard(CLUSTER, DATA, NOW_NS, SPAN_NS));
        assertEquals(DeviceSet.of(3), sessions.heard(DATA, PATHS, NOW_NS, SPAN_NS));
        assertTrue(sessions.isAnySilentOnClusterPort(NOW_NS, SPAN_NS), "device 3 is heard elsewhere");
    }

    /// One direction of a path may be cut.
    @Test
    void aMemberIsReachedWhereItSaysThatItHearsThisDevice() {
        int self = 1;
        PeerSession peer = member(2, 2);
        peer.heard(CLUSTER, 0, NOW_NS);
        peer.heard(DATA, 0, NOW_NS);
        assertEquals(CLUSTER, peer.path(NOW_NS, SPAN_NS), "it has not said anything yet");
        assertFalse(sessions.isAnySilentOnClusterPort(NOW_NS, SPAN_NS));
        peer.says(List.of(DeviceSet.of(3), DeviceSet.of(3).with(self), DeviceSet.NONE), self);
        assertEquals(DATA, peer.path(NOW_NS, SPAN_NS));
        assertTrue(sessions.isAnySilentOnClusterPort(NOW_NS, SPAN_NS));
        assertEquals(-1, peer.path(NOW_NS + SPAN_NS + 1, SPAN_NS));
        peer.says(List.of(DeviceSet.NONE, DeviceSet.NONE, DeviceSet.NONE), self);
        assertEquals(-1, peer.path(NOW_NS, SPAN_NS));
        assertEquals(DeviceSet.of(2), sessions.reachable(NOW_NS, SPAN_NS), "it is heard all the same");
        peer.says(List.of(), self);
        assertEquals(CLUSTER, peer.path(NOW_NS, SPAN_NS), "an older version does not say");
    }

    @Test
    void whoHasNoAssociationIsHeardButNotReachable() {
        PeerSession stranger = new PeerSession(2, 1, PATHS, 1_000);
        sessions.put(stranger);
        stranger.heard(CLUSTER, 0, NOW_NS);
        assertEquals(DeviceSet.of(2), sessions.heard(CLUSTER, DATA, NOW_NS, SPAN_NS));
        assertEquals(DeviceSet.NONE, sessions.reachable(NOW_NS, SPAN_NS));
        assertFalse(sessions.isAnySilentOnClusterPort(NOW_NS, SPAN_NS), "nothing is expected of it");
    }

    @Test
    void theOldestOfTheAssociatedMembersDecidesTheVersion() {
        assertEquals(3, sessions.commonVersion(3));
        member(2, 3);
        assertEquals(3, sessions.commonVersion(3));
        member(3, 2);
        assertEquals(2, sessions.commonVersion(3));
        sessions.remove(3);
        assertEquals(3, sessions.commonVersion(3), "who was taken out holds nobody back");
    }

    @Test
    void anotherProcessOfAMemberIsToldApart() {
        PeerSession peer = member(2, 1);
        assertFalse(sessions.open(peer, 102, 1));
        assertTrue(sessions.open(peer, 103, 1));
        sessions.clear();
        assertNull(sessions.get(2));
        assertEquals(DeviceSet.NONE, sessions.associated());
    }
}
