package net.testudo.element.flow;

/// Why a data frame travels over the cluster port.
public enum RelayReason {
    /// From the master to the owner of its flow.
    TO_OWNER,
    /// From the master to the holder of the port block it is addressed to; no flow is known for it yet.
    TO_BLOCK_HOLDER
}
