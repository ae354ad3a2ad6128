package net.testudo.element.config;

/// Whose side serves when an even set of four or more voters is separated into two halves (PAR-04, PAR-07).
///
/// @param choice by what the device is chosen
/// @param serial of the member, if it is one that was named; else empty
public record TieBreakerConfig(Choice choice, String serial) {
    /// Unless configured otherwise.
    public static final TieBreakerConfig STANDARD = new TieBreakerConfig(Choice.MASTER, "");

    /// By what the device is chosen.
    public enum Choice {
        /// The master of the moment.
        MASTER,
        /// The backup master of the moment.
        BACKUP_MASTER,
        /// A member that the operator named.
        MEMBER
    }
}
