package net.testudo.element.management;

/// Whether a device works with the decided configuration.
public enum Verified {
    /// It is not heard, or has not taken the newest revision into use yet.
    UNKNOWN,
    /// It does.
    VERIFIED,
    /// The configuration that all devices share is another one there.
    CLUSTER_DIFFERS,
    /// What is derived for this device is another one there.
    DEVICE_DIFFERS,
    /// Its data path decides otherwise about packets than the configuration says.
    POLICY_DIFFERS,
    /// It holds the newest revision, and does not say that it took it into use.
    NOT_CONFIRMED
}
