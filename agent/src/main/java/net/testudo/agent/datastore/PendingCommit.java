package net.testudo.agent.datastore;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.testudo.element.management.Content;

/// A confirmed commit that waits for its confirmation (RFC 6241 §8.4). It stands in the secrets of the
/// revision that it made, so that every later master knows of it, and is gone with the revision that
/// confirms or undoes it.
///
/// @param restores number of the revision that comes back if it is not confirmed
/// @param sinceMs age of the cluster when it was made, or extended
/// @param timeoutS how long it waits from then on
/// @param user who made it
/// @param session in which
/// @param server the process whose session that is
/// @param persistId by which other sessions may confirm it; empty if it ends with its session
public record PendingCommit(
        long restores, long sinceMs, long timeoutS, String user, long session, String server, String persistId) {
    private static final String PATH = "/testudo-revisions:confirmed-commit/";
    private static final long MS_PER_S = 1_000;

    /// The one that `content` waits for.
    public static Optional<PendingCommit> of(Content content) {
        if (!content.secrets().contains(PATH)) {
            return Optional.empty();
        }
        Map<String, String> leaves = new HashMap<>();
        try {
            for (CanonicalLine line : CanonicalLine.parseAll(content.secrets())) {
                if (line.text().startsWith(PATH) && line.value() != null) {
                    leaves.put(line.text().substring(PATH.length()), line.value());
                }
            }
        } catch (CanonicalFormException e) {
            throw new IllegalStateException("the element told a content that is none", e);
        }
        return Optional.of(new PendingCommit(
                number(leaves, "restores"),
                number(leaves, "since"),
                number(leaves, "timeout"),
                leaves.getOrDefault("user", ""),
                number(leaves, "session"),
                leaves.getOrDefault("server", ""),
                leaves.getOrDefault("persist-id", "")));
    }

    private static long number(Map<String, String> leaves, String leaf) {
        return Long.parseUnsignedLong(leaves.getOrDefault(leaf, "0"));
    }

    /// `content` without any.
    static Content without(Content content) {
        return content.secrets().contains(PATH)
                ? new Content(
                        content.configuration(),
                        content.secrets()
                                .lines()
                                .filter(line -> !line.startsWith(PATH))
                                .map(line -> line + "\n")
                                .collect(Collectors.joining()))
                : content;
    }

    /// As canonical lines.
    String lines() {
        String required = CanonicalLine.of(PATH + "restores", Long.toUnsignedString(restores))
                + CanonicalLine.of(PATH + "since", Long.toString(sinceMs))
                + CanonicalLine.of(PATH + "timeout", Long.toString(timeoutS))
                + CanonicalLine.of(PATH + "user", user)
                + CanonicalLine.of(PATH + "session", Long.toString(session))
                + CanonicalLine.of(PATH + "server", server);
        return persistId.isEmpty() ? required : required + CanonicalLine.of(PATH + "persist-id", persistId);
    }

    /// How long it still waits, in milliseconds; not positive if it does not any more.
    ///
    /// @param ageMs of the cluster
    public long leftMs(long ageMs) {
        return sinceMs + timeoutS * MS_PER_S - ageMs;
    }

    /// Refuses a commit or a cancellation that is not entitled to end it.
    ///
    /// @param persistId that the request names, or empty
    /// @param asker the session that asks
    /// @param here the process that it is in
    void demand(String persistId, long asker, String here) throws RpcException {
        if (!persistId.isEmpty() && !persistId.equals(this.persistId)) {
            throw new RpcException(RpcError.protocol(
                            "invalid-value", "the confirmed commit that waits has another persist-id, or none")
                    .withInfo("bad-element", "persist-id"));
        }
        boolean mine = this.persistId.isEmpty() && session == asker && server.equals(here);
        if (persistId.isEmpty() && !mine) {
            String who = this.persistId.isEmpty()
                    ? "only session " + session + " of user " + user + " can confirm or cancel it"
                    : "confirm or cancel it with its persist-id";
            throw new RpcException(new RpcError(
                    "protocol",
                    "in-use",
                    "confirmed-commit-pending",
                    "",
                    "a confirmed commit of user " + user + " waits: " + who + ", or wait until it is undone",
                    Map.of()));
        }
    }
}
