package net.testudo.agent.datastore;

import java.util.Locale;
import net.testudo.element.management.Answer;

/// What the element says to a request, as an error of NETCONF.
public final class ElementAnswer {
    private ElementAnswer() {}

    /// The error for an answer that is not OK.
    ///
    /// @param commitId of the commit, or empty if the request was none
    public static RpcError error(Answer answer, String commitId) {
        String appTag = answer.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String advice = switch (answer.outcome()) {
            case OK, REFUSED -> "";
            case INVALID -> "nothing was changed; correct the candidate and commit again";
            case STALE_BASE -> "running has changed meanwhile; look at it, and commit again";
            case NOT_MASTER -> "nothing was changed; do this at the cluster's address, or at the master";
            case NO_QUORUM ->
                "nothing was changed; bring a majority of the voters back and try again, or, if they are off"
                        + " for good, call form-alone";
            case OUTCOME_UNKNOWN ->
                commitId.isEmpty()
                        ? "look at the state before you try again"
                        : "call commit-status with commit-id " + commitId + " before you try again";
            case IN_PROGRESS -> "nothing was changed; try again when it is done";
            case STORE_FAILED -> "nothing was changed; make room on that device or repair it, and try again";
        };
        String message = join(answer.message(), advice);
        String tag = switch (answer.outcome()) {
            case INVALID -> "invalid-value";
            case IN_PROGRESS -> "in-use";
            case STORE_FAILED -> "resource-denied";
            default -> "operation-failed";
        };
        RpcError error = RpcError.application(tag, appTag, qualified(answer.path()), message);
        return commitId.isEmpty() ? error : error.withInfo("testudo-cluster:commit-id", commitId);
    }

    private static String join(String message, String advice) {
        if (message.isEmpty() || advice.isEmpty()) {
            return message + advice;
        }
        return message + "; " + advice;
    }

    /// A canonical path with a prefix at every name, as XPath needs it.
    private static String qualified(String path) {
        if (path.isEmpty()) {
            return "";
        }
        try {
            return InstancePath.of(CanonicalPath.parse(path));
        } catch (CanonicalFormException e) {
            return "";
        }
    }
}
