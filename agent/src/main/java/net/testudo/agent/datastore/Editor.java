package net.testudo.agent.datastore;

/// Who changes a datastore.
///
/// @param session that does it
/// @param guard judges the changes
public record Editor(long session, ChangeGuard guard) {
    /// Somebody who may change everything.
    public static Editor unrestricted(long session) {
        return new Editor(session, ChangeGuard.NONE);
    }
}
