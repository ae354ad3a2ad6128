package net.testudo.agent.northbound.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Request;

/// The operations of `testudo-cluster`.
public final class ClusterRpc {
    /// The name of the module.
    public static final String MODULE = "testudo-cluster";
    /// The operation that only reads.
    public static final String COMMIT_STATUS = "commit-status";

    private ClusterRpc() {}

    /// The request that the operation `name` stands for, or nothing if there is no such operation.
    ///
    /// @param input leaves of the input by name, checked against the module
    public static Optional<LongFunction<Request>> request(String name, Map<String, String> input) {
        return Optional.ofNullable(
                switch (name) {
                    case "join" -> id -> new Request.Join(id, input.getOrDefault("serial", ""));
                    case "request-failover" ->
                        id -> new Request.Failover(
                                id,
                                Integer.parseInt(input.getOrDefault("device", "0")),
                                0,
                                input.getOrDefault("reason", ""));
                    case "elect-master" ->
                        id -> new Request.Failover(
                                id,
                                0,
                                Integer.parseInt(input.getOrDefault("target", "0")),
                                input.getOrDefault("reason", ""));
                    case "form-alone" -> id -> new Request.FormAlone(id, input.getOrDefault("reason", ""));
                    case "leave" -> id -> new Request.Leave(id, input.getOrDefault("serial", ""));
                    case "replace-member" ->
                        id -> new Request.Replace(id, input.getOrDefault("serial", ""), input.getOrDefault("by", ""));
                    case "deactivate-member" ->
                        id -> new Request.Deactivate(
                                id, input.getOrDefault("serial", ""), input.getOrDefault("reason", ""));
                    case "activate-member" -> id -> new Request.Activate(id, input.getOrDefault("serial", ""));
                    case "factory-reset" -> Request.FactoryReset::new;
                    case COMMIT_STATUS -> id -> new Request.CommitStatus(id, input.getOrDefault("commit-id", ""));
                    default -> null;
                });
    }

    /// Whether the operation `name` changes running, and so heeds its lock.
    public static boolean changesRunning(String name) {
        return switch (name) {
            case "join", "leave", "replace-member", "deactivate-member", "activate-member" -> true;
            default -> false;
        };
    }

    /// What `commit-status` answers: only what is certain is called committed.
    public static Map<String, String> commitStatus(Answer answer) {
        String message = answer.message();
        return switch (answer.outcome()) {
            case OK -> ordered("committed", "revision", Long.toString(answer.revision()));
            default -> ordered("unknown", "message", message);
        };
    }

    private static Map<String, String> ordered(String status, String leaf, String value) {
        Map<String, String> leaves = new LinkedHashMap<>();
        leaves.put("status", status);
        leaves.put(leaf, value);
        return leaves;
    }
}
