package net.testudo.element.management;

/// What can be asked of a device that is to lead (ELE-01).
public enum ElectionCriterion {
    /// The lowest health score.
    HEALTH,
    /// The highest load.
    LOAD,
    /// The number of processors.
    PROCESSORS,
    /// The speed of the data ports.
    LINK_SPEED,
    /// That it does not ask to be relieved.
    SELF_REQUEST
}
