package net.testudo.element.flow;

/// The data path, as the flow functions use it.
public interface FlowDelivery {
    /// A frame of a flow that this device carries: it came with the assignment, or waited for it.
    void forward(DataFrame frame, long nowNs);

    /// A frame that waited until this device, as master, could assign flows: it starts again at the beginning.
    void resume(DataFrame frame, long nowNs);

    /// Whether the present configuration allows a flow as it is translated.
    boolean isAllowed(FlowRecord flow);
}
