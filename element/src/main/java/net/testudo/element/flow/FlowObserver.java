package net.testudo.element.flow;

/// Who needs to know which flows exist in the cluster, at the master: the keeper of translated ports.
public interface FlowObserver {
    /// This device is master now (`true`), or is not any more; what was known before is forgotten.
    void onMaster(boolean master);

    /// The master's table has this flow now: opened, reported, or taken over from the copy.
    void onFlow(FlowRecord flow);

    /// Whether the translated port of a flow that becomes known late was no other flow's since this device leads.
    boolean isFree(FlowRecord flow);

    /// The flow is over and nobody carries it.
    void onFlowEnded(FlowRecord flow, long nowNs);
}
