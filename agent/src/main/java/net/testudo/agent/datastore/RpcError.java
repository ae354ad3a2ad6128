package net.testudo.agent.datastore;

import java.util.Map;
import java.util.TreeMap;

/// One `rpc-error` of NETCONF (RFC 6241 §4.3); its severity is always `error`.
///
/// @param type `transport`, `rpc`, `protocol` or `application`
/// @param tag the error-tag, such as `invalid-value`
/// @param appTag the error-app-tag, or empty
/// @param path the error-path with module names as prefixes, or empty
/// @param message what is wrong and what to do
/// @param info children of error-info by name, ascending
public record RpcError(String type, String tag, String appTag, String path, String message, Map<String, String> info) {
    /// Keeps the information in order of name.
    public RpcError {
        info = java.util.Collections.unmodifiableMap(new TreeMap<>(info));
    }

    /// An error of the protocol layer without a path.
    public static RpcError protocol(String tag, String message) {
        return new RpcError("protocol", tag, "", "", message, Map.of());
    }

    /// An error of the application layer.
    public static RpcError application(String tag, String appTag, String path, String message) {
        return new RpcError("application", tag, appTag, path, message, Map.of());
    }

    /// This error with one more child of error-info.
    public RpcError withInfo(String name, String value) {
        Map<String, String> more = new TreeMap<>(info);
        more.put(name, value);
        return new RpcError(type, tag, appTag, path, message, more);
    }
}
