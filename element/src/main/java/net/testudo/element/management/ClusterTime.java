package net.testudo.element.management;

/// A moment on the time scale that all members share: how long the cluster ran then. The scale is the master's; a new
/// master goes on with it as it knew it (FRM-13).
///
/// @param ns since the cluster began to run, negative if unknown
/// @param uncertaintyNs the originator's clock was at most so far away from the master's
public record ClusterTime(long ns, long uncertaintyNs) {
    /// Under this name it stands in the evidence of an event.
    public static final String EVIDENCE = "cluster-time-ns";
    /// And its uncertainty.
    public static final String EVIDENCE_UNCERTAINTY = "cluster-time-uncertainty-ns";
    /// Nobody knew.
    public static final ClusterTime UNKNOWN = new ClusterTime(-1, 0);

    /// Whether it is known.
    public boolean isKnown() {
        return ns >= 0;
    }
}
