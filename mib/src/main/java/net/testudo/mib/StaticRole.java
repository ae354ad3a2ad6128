package net.testudo.mib;

/// Numbers of the textual convention TestudoStaticRole: what the configuration wants a device to be.
public enum StaticRole implements MibValue {
    /// `active`.
    ACTIVE(1),
    /// `standby`.
    STANDBY(2);

    private final int number;

    StaticRole(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}
