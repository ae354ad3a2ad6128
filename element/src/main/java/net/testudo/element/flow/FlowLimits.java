package net.testudo.element.flow;

/// Sizes of a device's flow functions, fixed at start.
///
/// @param flows how many flows a table holds
/// @param heldFrames how many frames wait for an assignment altogether
/// @param heldFramesPerFlow how many of them may belong to one flow
/// @param frameOctetsMax longest frame that may wait
/// @param holdNs how long a frame waits at most
public record FlowLimits(int flows, int heldFrames, int heldFramesPerFlow, int frameOctetsMax, long holdNs) {
    /// For a device of 64 Ki flows; frames wait through a failover, of which each phase takes tens of milliseconds.
    public static final FlowLimits DEFAULT = new FlowLimits(65_536, 1_024, 64, 1_600, 400_000_000L);
    /// The same for a device of so many flows; about 450 octets of memory each.
    public static FlowLimits forFlows(int flows) {
        return new FlowLimits(
                flows, DEFAULT.heldFrames, DEFAULT.heldFramesPerFlow, DEFAULT.frameOctetsMax, DEFAULT.holdNs);
    }

    /// For simulations of many devices in one process.
    public static final FlowLimits SMALL = new FlowLimits(1_024, 128, 32, 1_600, 400_000_000L);
}
