package net.testudo.element.resource;

import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.resource.LeaseMessage.Request;
import org.jspecify.annotations.Nullable;

/// The last request of each device and pool that was fulfilled, to tell a repeated one from a new one.
final class RequestTable {
    private final Map<Integer, Map<Long, Request>> byDevice = new TreeMap<>();

    @Nullable
    Request last(Request request) {
        return byDevice.getOrDefault(request.device(), Map.of()).get(request.pool());
    }

    void remember(Request request) {
        byDevice.computeIfAbsent(request.device(), _ -> new TreeMap<>()).put(request.pool(), request);
    }

    /// A device that starts anew counts its requests anew.
    void forget(int device) {
        byDevice.remove(device);
    }
}
