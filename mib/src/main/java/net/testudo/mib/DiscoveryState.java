package net.testudo.mib;

/// Numbers of the textual convention TestudoDiscoveryState: how far a device got that is no member.
public enum DiscoveryState implements MibValue {
    /// `discovered`.
    DISCOVERED(1),
    /// `joining`.
    JOINING(2),
    /// `ineligible`.
    INELIGIBLE(3),
    /// `rejected`.
    REJECTED(4);

    private final int number;

    DiscoveryState(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}
