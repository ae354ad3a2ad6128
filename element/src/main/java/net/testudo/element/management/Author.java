package net.testudo.element.management;

/// Who commits, and why, for the history.
///
/// @param user authenticated name
/// @param session of the management protocol
/// @param comment what the user says of the commit, or empty
public record Author(String user, String session, String comment) {
    /// Nobody who has a name.
    public static final Author NONE = new Author("", "", "");
}
