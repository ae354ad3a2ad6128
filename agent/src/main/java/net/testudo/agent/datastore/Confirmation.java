package net.testudo.agent.datastore;

/// What a commit says of confirmation (RFC 6241 §8.4.1).
///
/// @param confirmed whether it is undone unless another commit confirms it
/// @param timeoutS in how many seconds
/// @param persist by which other sessions may confirm it, or empty if only the own one may
/// @param persistId which confirmed commit it confirms or extends, or empty for that of the own session
public record Confirmation(boolean confirmed, long timeoutS, String persist, String persistId) {
    /// An ordinary commit, which confirms what the same session committed before.
    public static final Confirmation NONE = new Confirmation(false, 0, "", "");
}
