package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who loses its place when too many connections wait to be logged in.
final class WaitingRoomTest {
    private final WaitingRoom<String> room = new WaitingRoom<>(3);

    private Optional<String> enter(String connection, String address) {
        return room.enter(connection, new InetSocketAddress(address, 40_000));
    }

    @Test
    void whoHasMostLosesItsOldestOne() {
        assertEquals(Optional.empty(), enter("other", "192.0.2.1"));
        assertEquals(Optional.empty(), enter("idle 1", "192.0.2.9"));
        assertEquals(Optional.empty(), enter("idle 2", "192.0.2.9"));
        assertEquals(Optional.of("idle 1"), enter("idle 3", "192.0.2.9"));
        assertEquals(Optional.of("idle 2"), enter("late", "192.0.2.2"));
        assertEquals(Optional.of("other"), enter("last", "192.0.2.3"), "all have one");
    }

    @Test
    void whoIsLoggedInHasNoPlaceAnyMore() {
        for (int i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), enter("c" + i, "192.0.2.9"));
            room.leave("c" + i);
        }
    }
}
