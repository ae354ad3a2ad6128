package net.testudo.element.management;

/// Names of the evidence in the record of a failover, an [ElementEvent] of the kind `MASTER_SWITCHED`. Durations are in
/// nanoseconds.
public final class Evidence {
    /// The master before, 0 if there was none.
    public static final String FROM = "from";
    /// By what the new master was chosen, in the words of the module testudo-event-log.
    public static final String CRITERION = "criterion";
    /// How long the old master may be silent before it counts as dead.
    public static final String DEAD_TIME = "dead-ns";
    /// From when the old master was last heard until the new one stood for election.
    public static final String DETECTION = "detection-ns";
    /// From then until the epoch was won.
    public static final String VOTE = "vote-ns";
    /// From then until the new master served.
    public static final String SERVING = "serving-ns";
    /// From when the epoch was won until the flows were taken over too; absent if that was not done when this was told.
    public static final String ADOPTION = "adoption-ns";
    /// All of it: detection, vote and adoption.
    public static final String DURATION = "duration-ns";
    /// How many flows have another owner now.
    public static final String FLOWS_MOVED = "flows-moved";
    /// Who voted for the new master, ascending.
    public static final String VOTES = "votes";
    /// With a device number behind it: how long that device had been silent when the new master stood, or `never`
    /// heard.
    public static final String SILENT_PREFIX = "silent-ns-";
    /// With a device number behind it: why that voter did not win, in the words of the module testudo-event-log.
    public static final String LOST_PREFIX = "lost-";

    private Evidence() {}
}
