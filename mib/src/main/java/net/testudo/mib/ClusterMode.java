package net.testudo.mib;

/// Numbers of the textual convention TestudoMode: how the cluster works at this moment.
public enum ClusterMode implements MibValue {
    /// `unconfigured`.
    UNCONFIGURED(1),
    /// `noMaster`.
    NO_MASTER(2),
    /// `normal`.
    NORMAL(3),
    /// `unwitnessed`.
    UNWITNESSED(4);

    private final int number;

    ClusterMode(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}
