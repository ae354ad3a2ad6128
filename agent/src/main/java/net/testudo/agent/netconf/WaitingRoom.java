package net.testudo.agent.netconf;

import java.net.SocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connections that have not come far enough to take a place: not logged in, or without a hello. When there are too
/// many, who has most of them loses its oldest one: who opens connections and leaves them takes no place from
/// others.
///
/// @param <C> a connection
final class WaitingRoom<C> {
    private final int placesMax;
    /// In the order in which they came, with the address of the client.
    private final Map<C, String> waiting = new LinkedHashMap<>();

    /// @param placesMax how many may wait
    WaitingRoom(int placesMax) {
        this.placesMax = placesMax;
    }

    /// A connection begins to wait.
    ///
    /// @return the one that has to go for it, if there are too many
    synchronized Optional<C> enter(C connection, SocketAddress client) {
        waiting.put(connection, LoginThrottle.address(client));
        if (waiting.size() <= placesMax) {
            return Optional.empty();
        }
        Map<String, Integer> counts = new HashMap<>();
        waiting.values().forEach(address -> counts.merge(address, 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        Optional<C> goes = waiting.entrySet().stream()
                .filter(entry -> counts.getOrDefault(entry.getValue(), 0) == most)
                .map(Map.Entry::getKey)
                .findFirst();
        goes.ifPresent(waiting::remove);
        return goes;
    }

    /// Those that wait.
    synchronized List<C> all() {
        return List.copyOf(waiting.keySet());
    }

    /// The connection waits no more, or is over.
    synchronized void leave(C connection) {
        waiting.remove(connection);
    }
}
