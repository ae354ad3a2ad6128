package net.testudo.element.wire.cluster;

/// What people want to know of a revision; nothing is decided by it.
///
/// @param atMs when it was proposed, by the wall clock of the master, in milliseconds of Unix time; 0 if unknown
/// @param user who committed it; empty if the cluster made it itself
/// @param session the management session that committed it, or empty
/// @param comment what the user said of it, or empty
public record RevisionNote(long atMs, String user, String session, String comment) {
    /// The most characters of a text.
    public static final int TEXT_MAX = 255;

    /// Keeps what fits of each text, which comes from outside of the element.
    public RevisionNote {
        user = fitting(user);
        session = fitting(session);
        comment = fitting(comment);
    }

    /// The note of a revision that the cluster makes itself.
    public static RevisionNote own(long atMs) {
        return new RevisionNote(atMs, "", "", "");
    }

    private static String fitting(String text) {
        if (text.length() <= TEXT_MAX) {
            return text;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(TEXT_MAX - 1));
        return text.substring(0, pair ? TEXT_MAX - 1 : TEXT_MAX);
    }

    void emit(OctetWriter out) {
        out.i64(atMs).text(user).text(session).text(comment);
    }

    static RevisionNote parse(OctetReader in) {
        long atMs = in.i64();
        String user = in.text();
        String session = in.text();
        String comment = in.text();
        if (user.length() > TEXT_MAX || session.length() > TEXT_MAX || comment.length() > TEXT_MAX) {
            in.reject();
        }
        return new RevisionNote(atMs, user, session, comment);
    }
}
